cat ontology/vocabularies/*.ttl mine.ttl > together.ttl
pyshacl --allow-warnings -s ontology/shapes.ttl together.ttl

relgraph export --store demo/relgraph.db -f turtle -o everything.ttl
pyshacl --allow-warnings -s ontology/shapes.ttl everything.ttl
