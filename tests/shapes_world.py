"""One small world that keeps to every shape, and what spoils it: (old words, new words, the message that must come)."""

HEAD = """@prefix rg: <https://w3id.org/relgraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix v: <https://w3id.org/relgraph/vocab/> . @prefix kind: <https://w3id.org/relgraph/vocab/event-kind/> . @prefix unit: <https://w3id.org/relgraph/vocab/unit/> .
@prefix ind: <https://w3id.org/relgraph/vocab/indicator/> . @prefix status: <https://w3id.org/relgraph/vocab/treaty-status/> .
@prefix level: <https://w3id.org/relgraph/vocab/visit-level/> . @prefix meets: <https://w3id.org/relgraph/vocab/body-level/> .
@prefix fun: <https://w3id.org/relgraph/vocab/function/> . @prefix mem: <https://w3id.org/relgraph/vocab/membership-kind/> .
@prefix rel: <https://w3id.org/relgraph/vocab/relation-kind/> . @prefix topic: <https://w3id.org/relgraph/vocab/topic/> . @prefix stance: <https://w3id.org/relgraph/vocab/stance/> .
@prefix bound: <https://w3id.org/relgraph/vocab/bound/> . @prefix mod: <https://w3id.org/relgraph/vocab/modality/> . @prefix verdict: <https://w3id.org/relgraph/vocab/verdict/> .
@prefix con: <https://w3id.org/relgraph/vocab/contradiction-kind/> .
"""

GOOD = """
:tj a rg:State , rg:Actor ; rdfs:label "Tajikistan"@en , "Таджикистан"@ru ; rg:iso2 "TJ" ; rg:iso3 "TJK" ; rg:cowCode 702 ; rg:capital :dushanbe .
:kz a rg:State , rg:Actor ; rdfs:label "Kazakhstan"@en .
:rahmon a rg:Person , rg:Actor ; rdfs:label "Emomali Rahmon"@en .
:tokayev a rg:Person , rg:Actor ; rdfs:label "Kassym-Jomart Tokayev"@en .
:sco a rg:Organisation , rg:Actor ; rdfs:label "SCO"@en .
:organ a rg:Organisation , rg:Actor ; rdfs:label "SCO secretariat"@en ; rg:under :sco .
:firm a rg:Company , rg:Organisation , rg:Actor ; rdfs:label "KazMunayGas"@en .
:c5 a rg:Format , rg:Organisation , rg:Actor ; rdfs:label "C5+1"@en .
:council a rg:BilateralBody , rg:Body , rg:Organisation , rg:Actor ; rdfs:label "Council"@en ; rg:bodyMember :tj , :kz ; rg:level meets:heads-of-state .
:club a rg:Body , rg:Organisation , rg:Actor ; rdfs:label "Club"@en ; rg:bodyMember :tj , :kz .
:dushanbe a rg:Place ; rdfs:label "Dushanbe"@en ; rg:inState :tj .
:sughd a rg:Territory , rg:Place , rg:Actor ; rdfs:label "Sughd"@en .
:ca a rg:Region , rg:Place ; rdfs:label "Central Asia"@en .
:office a rg:Office ; rdfs:label "president of Tajikistan"@en ; rg:officeOf :tj ; rg:function fun:president .
:tenure a rg:Tenure ; rg:holder :rahmon ; rg:office :office ; rg:earliest "1994-11-16"^^xsd:date ; rg:latest "9999-12-31"^^xsd:date ; rg:acting true .
:membership a rg:Membership ; rg:member :tj ; rg:organisation :sco ; rg:membershipKind mem:member .
:meeting a rg:Meeting , rg:Contact , rg:Event ; rdfs:label "they met"@en ; rg:participant :rahmon , :tokayev ; rg:eventKind kind:meeting ;
    rg:earliest "2025-10-08"^^xsd:date ; rg:latest "2025-10-08"^^xsd:date ; rg:place :dushanbe ; rg:partOfEvent :visit .
:plan a rg:Event ; rdfs:label "they are to meet"@en ; rg:participant :tj ; rg:eventKind kind:forum ; rg:planned true ; rg:earliest "2026-05-01"^^xsd:date ; rg:latest "2026-05-31"^^xsd:date .
:call a rg:Call , rg:Contact , rg:Event ; rdfs:label "they spoke"@en ; rg:participant :rahmon , :tokayev ; rg:eventKind kind:phone-call .
:letter a rg:Message , rg:Contact , rg:Event ; rdfs:label "a letter"@en ; rg:participant :rahmon , :tokayev ; rg:eventKind kind:message .
:visit a rg:Visit , rg:Event ; rdfs:label "a visit"@en ; rg:participant :rahmon , :kz ; rg:visitor :rahmon ; rg:host :kz ; rg:eventKind kind:visit ; rg:visitLevel level:state .
:summit a rg:Summit , rg:Event ; rdfs:label "a summit"@en ; rg:participant :rahmon , :tokayev ; rg:eventKind kind:summit ; rg:sessionOf :council .
:signing a rg:Signing , rg:Event ; rdfs:label "a signing"@en ; rg:participant :tj ; rg:eventKind kind:signing .
:occurrence a rg:Occurrence ; rdfs:label "they met"@en ; rg:participant :rahmon ; rg:eventKind kind:meeting ; rg:report :meeting ; rg:sourceCount 1 ; rg:reportCount 2 ; rg:fulfils :foreseen .
:foreseen a rg:Occurrence ; rdfs:label "they are to meet"@en ; rg:participant :rahmon ; rg:eventKind kind:meeting ; rg:report :plan ; rg:sourceCount 1 ; rg:planned true .
:treaty a rg:Treaty ; rdfs:label "Treaty"@en ; rg:party :tj , :kz ; rg:step :step .
:step a rg:TreatyStep ; rg:stepOf :treaty ; rg:stepStatus status:signed ; rg:stepBy :tj ; rg:earliest "2024-08-22"^^xsd:date ; rg:latest "2024-08-22"^^xsd:date .
:figure a rg:Observation ; rg:value 670.0 ; rg:maxValue 700.0 ; rg:unit unit:usd ; rg:indicator ind:exports ; rg:bound bound:about ; rg:between :tj , :kz ;
    rg:fromActor :tj ; rg:toActor :kz ; rg:earliest "2025-01-01"^^xsd:date ; rg:latest "2025-06-30"^^xsd:date .
:growth a rg:Observation ; rg:value 12.5 ; rg:unit unit:percent ; rg:indicator ind:exports-growth ; rg:between :tj .
:target a rg:Target ; rg:value 2.0 ; rg:unit unit:usd ; rg:indicator ind:trade-turnover ; rg:deadline "2027"^^xsd:gYear ; rg:between :tj , :kz .
:relation a rg:Relation ; rg:between :tj , :kz ; rg:relationKind rel:alliance .
:field a rg:Engagement ; rg:between :tj , :kz ; rg:topic topic:energy ; rg:stance stance:cooperation .
:article a rg:Article ; rdfs:label "They met"@en ; dcterms:title "They met" ; rg:published "2025-10-09"^^xsd:date ; rg:url "https://example.org/a"^^xsd:anyURI ; rg:claimCount 2 .
:claim a rg:Claim ; rdfs:label "they met"@en ; rg:passage :passage ; rg:inArticle :article ; rg:rule "event.meet" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:asserts :meeting , :plan ;
    rg:attribution "the ministry" ; rg:accordingTo :tj ; rg:involves :rahmon .
:denial a rg:Claim ; rdfs:label "no"@en ; rg:passage :passage ; rg:inArticle :article ; rg:rule "event.meet" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality mod:denied .
:passage a rg:Passage ; rg:exact "They met." ; rg:start 0 ; rg:end 9 ; rg:inArticle :article .
:inference a rg:Inference ; rg:rule "met" ; rg:inferredSubject :rahmon ; rg:inferredPredicate rg:met ; rg:inferredObject :tokayev ; rg:premise :occurrence .
:match a rg:Match ; rg:matched :meeting , :plan ; rg:verdict verdict:unclear ; rg:score 0.6 .
:decision a rg:Decision , rg:Match ; rg:matched :meeting , :plan ; rg:verdict verdict:same .
:contradiction a rg:Contradiction ; rg:contradictionKind con:differing-figures ; rg:conflicting :figure , :growth ; rg:difference 0.2 .
:correction a rg:Correction ; rg:correctionKind "edit" ; rg:inArticle :article ; rg:correctedClaim :gone ; rg:resultingClaim :claim ; rg:correctedOn "2025-10-12"^^xsd:date .
:own a skos:Concept ; skos:inScheme v:topic ; rdfs:label "gardening"@en .
"""

_NAME = "It needs a name of its own, one a language."
_PERSON = "A person is an actor, too, and neither a state nor an organisation nor a place."
_STATE = "A state is an actor, too, and neither an organisation nor a place."
_ISO2 = "A two-letter country code is two capital letters, one for each state."
_ISO3 = "A three-letter country code is three capital letters, one for each state."
_COW = "A Correlates of War code is a whole number from 2 to 990, one for each state."
_CAPITAL = "A state has one capital, and it is a place."
_LEVEL = "The level of a body is a concept of the vocabulary of levels."
_BILATERAL = "A bilateral body has exactly two members."
_TERRITORY, _REGION = "A territory is a place, too, and no state.", "A region is a place, too, and no state."
_OFFICE_OF = "An office belongs to exactly one state or organisation."
_FUNCTION = "The function of an office is one concept of the vocabulary of functions."
_HOLDER, _OFFICE = "A tenure has exactly one holder, a person.", "A tenure has exactly one office."
_MEMBER, _ORGANISATION = "A membership has exactly one member.", "A membership has exactly one organisation."
_MEMBERSHIP = "A membership has exactly one kind, of the vocabulary of kinds of membership."
_PARTICIPANT, _KIND = "Somebody must take part in an event.", "An event has exactly one kind, of the vocabulary of kinds of events."
_VISIT_LEVEL = "A visit has one level, of the vocabulary of levels."
_MESSAGE = "A message is a contact and an event, too."
_VISITOR, _HOST = "A visit needs a visitor.", "A visit needs exactly one host."
_REPORT = "An occurrence needs at least one report."
_SOURCES = "An occurrence says once how many independent texts report it."
_REPORTS = "The number of reports is one whole number."
_PARTY = "A treaty needs at least two parties."
_STATUS = "A treaty step has exactly one status, of the vocabulary of statuses."
_STEP_OF = "A treaty step belongs to exactly one treaty."
_VALUE, _UNIT = "A figure needs its value, one plain number.", "A figure needs its unit, one of the vocabulary of units."
_INDICATOR = "A figure must say what it measures, by one concept of the vocabulary of indicators."
_BOUND = "How exact a figure is, is said by one concept of the vocabulary of bounds."
_WHOSE = "A figure must say whose it is."
_SIDES, _RELATION = "A relation needs at least two sides.", "A relation has exactly one kind, of the vocabulary of kinds of relations."
_FIELD = "A field of cooperation needs at least two sides."
_TOPIC = "A field of cooperation has exactly one topic, of the vocabulary of topics."
_STANCE = "A field of cooperation says whether the sides cooperate or differ."
_TITLE = "An article has exactly one title."
_PUBLISHED = "An article has one day, month or year of publication."
_PASSAGE = "A claim must cite at least one passage."
_IN_ARTICLE = "A claim belongs to exactly one article."
_RULE = "A claim must name the one rule that found it."
_CONFIDENCE = "A claim needs one confidence between 0 and 1."
_TYPE = "A claim has exactly one type of fact."
_MODALITY = "A claim that is not asserted has one modality, of the vocabulary of modalities."
_SPEAKER = "A claim is attributed to one speaker."
_EXACT, _START, _END = "A passage needs its exact words.", "A passage needs the offset where it starts.", "A passage needs the offset where it ends."
_OF_ARTICLE = "A passage belongs to exactly one article."
_I_RULE = "An inference names the one rule that made it."
_SUBJECT, _PREDICATE, _OBJECT = (f"An inference gives the {x} of its statement." for x in ("subject", "predicate", "object"))
_MATCHED = "A match judges exactly two nodes."
_CORRECTION = "A correction accepts, rejects, edits, or says what a name means."
_CORRECTED = "A correction names the claim that it met."
_CORRECTED_ON = "A correction was made on one day."
_VERDICT = "A match has one verdict, of the vocabulary of verdicts."
_SCORE = "The score of a match lies between 0 and 1."
_CONTRADICTION = "A contradiction has one kind, of the vocabulary of kinds of contradictions."
_APART = "How far figures lie apart is one number between 0 and 1."

BAD: list[tuple[str, str, str]] = [
    ('; rdfs:label "Kazakhstan"@en', "", _NAME),
    ('"Kazakhstan"@en', '"Kazakhstan"@en , "Qazaqstan"@en', _NAME),
    ('"Kazakhstan"@en', '""@en', _NAME),
    (":rahmon a rg:Person , rg:Actor", ":rahmon a rg:Person", _PERSON),
    (":rahmon a rg:Person , rg:Actor", ":rahmon a rg:Person , rg:Actor , rg:State", _PERSON),
    (":kz a rg:State , rg:Actor", ":kz a rg:State", _STATE),
    (":kz a rg:State , rg:Actor", ":kz a rg:State , rg:Actor , rg:Place", _STATE),
    ('"TJ"', '"tj"', _ISO2),
    ('"TJ"', '"TJ" , "TI"', _ISO2),
    ('"TJK"', '"Taj"', _ISO3),
    ('"TJK"', '"TJK" , "TAD"', _ISO3),
    ("rg:cowCode 702", 'rg:cowCode "702"', _COW),
    ("rg:cowCode 702", "rg:cowCode 702 , 703", _COW),
    ("rg:cowCode 702", "rg:cowCode 1", _COW),
    ("rg:cowCode 702", "rg:cowCode 1702", _COW),
    ("rg:capital :dushanbe", "rg:capital :rahmon", _CAPITAL),
    ("rg:capital :dushanbe", "rg:capital :dushanbe , :ca", _CAPITAL),
    ("rg:under :sco", "rg:under :tj", "What an organisation belongs to is an organisation."),
    (":firm a rg:Company , rg:Organisation", ":firm a rg:Company", "A company is an organisation, too."),
    (":c5 a rg:Format , rg:Organisation", ":c5 a rg:Format", "A dialogue format is an organisation, too."),
    ('"Club"@en ; rg:bodyMember :tj', '"Club"@en ; rg:bodyMember :ca', "The members of a body are actors."),
    ('"Club"@en ; rg:bodyMember :tj , :kz', '"Club"@en ; rg:bodyMember :tj', "The members of this body are not all known."),
    ("meets:heads-of-state", "meets:kings", _LEVEL),
    ("meets:heads-of-state", "level:state", _LEVEL),
    ('"Council"@en ; rg:bodyMember :tj , :kz', '"Council"@en ; rg:bodyMember :tj', _BILATERAL),
    ('"Council"@en ; rg:bodyMember :tj , :kz', '"Council"@en ; rg:bodyMember :tj , :kz , :sughd', _BILATERAL),
    ("rg:inState :tj", "rg:inState :office", "A place lies in a state, territory or region."),
    (":sughd a rg:Territory , rg:Place", ":sughd a rg:Territory", _TERRITORY),
    (":sughd a rg:Territory", ":sughd a rg:Territory , rg:State", _TERRITORY),
    (":ca a rg:Region , rg:Place", ":ca a rg:Region", _REGION),
    (":ca a rg:Region , rg:Place", ":ca a rg:Region , rg:Place , rg:State", _REGION),
    ("rg:officeOf :tj ;", "", _OFFICE_OF),
    ("rg:officeOf :tj ;", "rg:officeOf :tj , :kz ;", _OFFICE_OF),
    ("rg:officeOf :tj ;", "rg:officeOf :meeting ;", _OFFICE_OF),
    ("fun:president", "fun:presidents", _FUNCTION),
    ("fun:president", "topic:energy", _FUNCTION),
    ("fun:president", "fun:president , fun:head", _FUNCTION),
    ("rg:holder :rahmon ;", "", _HOLDER),
    ("rg:holder :rahmon ;", "rg:holder :rahmon , :tokayev ;", _HOLDER),
    ("rg:holder :rahmon ;", "rg:holder :tj ;", _HOLDER),
    ("rg:office :office ;", "", _OFFICE),
    ("rg:office :office ;", "rg:office :tj ;", _OFFICE),
    (":office a rg:Office", ":deputy a rg:Office ; rdfs:label 'deputy'@en ; rg:officeOf :tj . :tenure rg:office :deputy . :office a rg:Office", _OFFICE),
    ('"9999-12-31"', '"1990-12-31"', "A tenure begins before it ends."),
    ("rg:acting true", "rg:acting false", "Acting is true or it is not said."),
    ('rg:earliest "1994-11-16"^^xsd:date ; rg:latest "9999-12-31"^^xsd:date ;', "", "A tenure without a date can not tell who held the office when."),
    ("rg:member :tj ;", "", _MEMBER),
    ("rg:member :tj ;", "rg:member :tj , :kz ;", _MEMBER),
    ("rg:member :tj ;", "rg:member :dushanbe ;", _MEMBER),
    ("rg:organisation :sco ;", "", _ORGANISATION),
    ("rg:organisation :sco ;", "rg:organisation :sco , :c5 ;", _ORGANISATION),
    ("rg:organisation :sco ;", "rg:organisation :dushanbe ;", _ORGANISATION),
    ("; rg:membershipKind mem:member", "", _MEMBERSHIP),
    ("mem:member", "mem:member , mem:observer", _MEMBERSHIP),
    ("mem:member", "mem:founder", _MEMBERSHIP),
    ("mem:member", "topic:energy", _MEMBERSHIP),
    ("rg:member :tj ;", "rg:member :sco ;", "Nobody is a member of itself."),
    (':signing a rg:Signing , rg:Event ; rdfs:label "a signing"@en ; rg:participant :tj ;', ':signing a rg:Signing , rg:Event ; rdfs:label "a signing"@en ;', _PARTICIPANT),
    ('"a signing"@en ; rg:participant :tj', '"a signing"@en ; rg:participant :ca', _PARTICIPANT),
    ("rg:eventKind kind:signing", "rg:eventKind kind:signing , kind:forum", _KIND),
    ("; rg:eventKind kind:signing", "", _KIND),
    ("rg:eventKind kind:signing", "rg:eventKind kind:signature", _KIND),
    ("rg:eventKind kind:signing", "rg:eventKind topic:energy", _KIND),
    ('rg:latest "2025-10-08"^^xsd:date', 'rg:latest "2025-10-07"^^xsd:date', "The first day of an event does not lie after its last."),
    ("rg:planned true ; rg:earliest", "rg:planned false ; rg:earliest", "Planned is true or it is not said."),
    ("rg:place :dushanbe", "rg:place :tj", "The place of an event is a place."),
    ("level:state", "level:royal", _VISIT_LEVEL),
    ("level:state", "topic:energy", _VISIT_LEVEL),
    ("level:state", "level:state , level:official", _VISIT_LEVEL),
    ("rg:planned true ; rg:earliest", "rg:earliest", "The event is told as held, but its date lies after the day of publication: it is planned, or the date is wrong."),
    ("rg:partOfEvent :visit", "rg:partOfEvent :treaty", "An event is part of another event, not of a fact of another type."),
    ("rg:sessionOf :council", "rg:sessionOf :treaty", "An event is a session of a body or organisation."),
    ('"a letter"@en ; rg:participant :rahmon , :tokayev', '"a letter"@en ; rg:participant :rahmon', "A contact needs two sides; only one is known."),
    ('"they met"@en ; rg:participant :rahmon , :tokayev', '"they met"@en ; rg:participant :rahmon', "A meeting needs at least two participants."),
    ('"they spoke"@en ; rg:participant :rahmon , :tokayev', '"they spoke"@en ; rg:participant :rahmon', "A call needs at least two participants."),
    (":letter a rg:Message , rg:Contact , rg:Event", ":letter a rg:Message , rg:Event", _MESSAGE),
    ("rg:visitor :rahmon ;", "", _VISITOR),
    ("rg:visitor :rahmon ;", "rg:visitor :dushanbe ;", _VISITOR),
    ("rg:host :kz ;", "", _HOST),
    ("rg:host :kz ;", "rg:host :kz , :tj ;", _HOST),
    ("rg:host :kz ;", "rg:host :dushanbe ;", _HOST),
    ("rg:host :kz ;", "rg:host :rahmon ;", "Nobody visits himself."),
    ("rg:host :kz ;", "rg:host :tj ;", "The visitor holds an office of the host: a journey at home is no visit."),
    ('"a summit"@en ; rg:participant :rahmon , :tokayev', '"a summit"@en ; rg:participant :rahmon', "A summit gathers several; only one participant is known."),
    (":signing a rg:Signing , rg:Event", ":signing a rg:Signing", "A signing is an event, too."),
    ("rg:report :meeting ;", "", _REPORT),
    ("rg:report :meeting ;", "rg:report :treaty ;", _REPORT),
    ("rg:sourceCount 1 ; rg:reportCount 2", "rg:reportCount 2", _SOURCES),
    ("rg:sourceCount 1 ; rg:reportCount 2", "rg:sourceCount 1 , 2 ; rg:reportCount 2", _SOURCES),
    ("rg:sourceCount 1 ; rg:reportCount 2", "rg:sourceCount 1.5 ; rg:reportCount 2", _SOURCES),
    ("rg:sourceCount 1 ; rg:reportCount 2", "rg:sourceCount 0 ; rg:reportCount 2", _SOURCES),
    ("rg:reportCount 2", "rg:reportCount 2 , 3", _REPORTS),
    ("rg:reportCount 2", "rg:reportCount 2.5", _REPORTS),
    ("rg:reportCount 2", "rg:reportCount 0", _REPORTS),
    ("rg:fulfils :foreseen", "rg:fulfils :plan", "What an occurrence makes good is a planned occurrence."),
    ('"Treaty"@en ; rg:party :tj , :kz', '"Treaty"@en ; rg:party :tj', _PARTY),
    ('"Treaty"@en ; rg:party :tj , :kz', '"Treaty"@en ; rg:party :tj , :dushanbe', _PARTY),
    ("rg:step :step", "rg:step :meeting", "A step of a treaty is a treaty step."),
    ("rg:step :step", "rg:step :step ; rg:stepStatus status:signed", "The status of a treaty is not stored: it follows from its steps."),
    ("rg:stepStatus status:signed ;", "", _STATUS),
    ("rg:stepStatus status:signed ;", "rg:stepStatus status:signed , status:ratified ;", _STATUS),
    ("rg:stepStatus status:signed ;", "rg:stepStatus status:sealed ;", _STATUS),
    ("rg:stepStatus status:signed ;", "rg:stepStatus topic:energy ;", _STATUS),
    ("rg:stepOf :treaty ;", "", _STEP_OF),
    ("rg:stepOf :treaty ;", "rg:stepOf :meeting ;", _STEP_OF),
    (":step a rg:TreatyStep", ":other a rg:Treaty ; rdfs:label 'Other'@en ; rg:party :tj , :kz . :step rg:stepOf :other . :step a rg:TreatyStep", _STEP_OF),
    ("rg:stepBy :tj", "rg:stepBy :dushanbe", "The step of one party names an actor."),
    ('rg:latest "2024-08-22"^^xsd:date', 'rg:latest "2024-08-21"^^xsd:date', "The first day of a step does not lie after its last."),
    ("rg:value 670.0 ;", "", _VALUE),
    ("rg:value 670.0 ;", "rg:value 670.0 , 671.0 ;", _VALUE),
    ("rg:value 670.0 ;", 'rg:value "670" ;', _VALUE),
    ("rg:unit unit:usd ; rg:indicator ind:exports ;", "rg:indicator ind:exports ;", _UNIT),
    ("rg:unit unit:usd ; rg:indicator ind:exports ;", "rg:unit unit:usd , unit:eur ; rg:indicator ind:exports ;", _UNIT),
    ("rg:unit unit:usd ; rg:indicator ind:exports ;", "rg:unit unit:cowries ; rg:indicator ind:exports ;", _UNIT),
    ("rg:unit unit:usd ; rg:indicator ind:exports ;", "rg:unit topic:energy ; rg:indicator ind:exports ;", _UNIT),
    ("rg:indicator ind:exports ;", "", _INDICATOR),
    ("rg:indicator ind:exports ;", "rg:indicator ind:exports , ind:imports ;", _INDICATOR),
    ("rg:indicator ind:exports ;", "rg:indicator ind:happiness ;", _INDICATOR),
    ("rg:indicator ind:exports ;", "rg:indicator topic:energy ;", _INDICATOR),
    ("bound:about", "bound:about , bound:nearly", _BOUND),
    ("bound:about", "bound:perhaps", _BOUND),
    ("bound:about", "topic:energy", _BOUND),
    ("rg:maxValue 700.0", "rg:maxValue 600.0", "The upper end of a range lies above its lower end."),
    ("rg:toActor :kz", "rg:toActor :tj", "Nobody exports or lends to himself."),
    ('rg:latest "2025-06-30"^^xsd:date', 'rg:latest "2024-06-30"^^xsd:date', "The first day of a period does not lie after its last."),
    ("rg:unit unit:percent", "rg:unit unit:usd", "A rate of growth is given in per cent, and only a rate of growth is."),
    ("ind:exports-growth", "ind:exports", "A rate of growth is given in per cent, and only a rate of growth is."),
    ("ind:exports-growth ; rg:between :tj", "ind:exports-growth", _WHOSE),
    ("ind:exports-growth ; rg:between :tj", "ind:exports-growth ; rg:between :dushanbe", _WHOSE),
    ('rg:deadline "2027"^^xsd:gYear ;', "", "A target without a deadline can not be checked later."),
    ('rg:deadline "2027"^^xsd:gYear ; rg:between :tj , :kz', 'rg:deadline "2027"^^xsd:gYear', "A target should say whose it is."),
    (":relation a rg:Relation ; rg:between :tj , :kz", ":relation a rg:Relation ; rg:between :tj", _SIDES),
    (":relation a rg:Relation ; rg:between :tj , :kz", ":relation a rg:Relation ; rg:between :tj , :dushanbe", _SIDES),
    ("; rg:relationKind rel:alliance", "", _RELATION),
    ("rel:alliance", "rel:alliance , rel:friendship", _RELATION),
    ("rel:alliance", "rel:love", _RELATION),
    ("rel:alliance", "topic:energy", _RELATION),
    (":field a rg:Engagement ; rg:between :tj , :kz", ":field a rg:Engagement ; rg:between :tj", _FIELD),
    (":field a rg:Engagement ; rg:between :tj , :kz", ":field a rg:Engagement ; rg:between :tj , :dushanbe", _FIELD),
    ("rg:topic topic:energy ;", "", _TOPIC),
    ("rg:topic topic:energy ;", "rg:topic topic:energy , topic:water ;", _TOPIC),
    ("rg:topic topic:energy ;", "rg:topic topic:weather ;", _TOPIC),
    ("rg:topic topic:energy ;", "rg:topic unit:usd ;", _TOPIC),
    ("; rg:stance stance:cooperation", "", _STANCE),
    ("stance:cooperation", "stance:cooperation , stance:dispute", _STANCE),
    ("stance:cooperation", "stance:indifference", _STANCE),
    ("stance:cooperation", "topic:energy", _STANCE),
    ('dcterms:title "They met" ;', "", _TITLE),
    ('dcterms:title "They met" ;', 'dcterms:title "They met" , "Met" ;', _TITLE),
    ('dcterms:title "They met" ;', 'dcterms:title "" ;', _TITLE),
    ('rg:published "2025-10-09"^^xsd:date', 'rg:published "yesterday"', _PUBLISHED),
    ('rg:published "2025-10-09"^^xsd:date', 'rg:published "2025-10-09"^^xsd:date , "2025"^^xsd:gYear', _PUBLISHED),
    ("rg:claimCount 2", "rg:claimCount 2 , 3", "How many claims an article makes is one whole number."),
    ("rg:claimCount 2", 'rg:claimCount "two"', "How many claims an article makes is one whole number."),
    ("rg:claimCount 2", "rg:claimCount -2", "How many claims an article makes is one whole number."),
    ("https://example.org/a", "javascript:alert(1)", "The address of an article is a web address."),
    ('rg:published "2025-10-09"^^xsd:date ;', "", "Without a day of publication nothing can be looked up for its time."),
    ('rdfs:label "no"@en ; rg:passage :passage ;', 'rdfs:label "no"@en ;', _PASSAGE),
    ('rdfs:label "no"@en ; rg:passage :passage ;', 'rdfs:label "no"@en ; rg:passage :article ;', _PASSAGE),
    ('"no"@en ; rg:passage :passage ; rg:inArticle :article ;', '"no"@en ; rg:passage :passage ;', _IN_ARTICLE),
    ('"no"@en ; rg:passage :passage ; rg:inArticle :article ;', '"no"@en ; rg:passage :passage ; rg:inArticle :tj ;', _IN_ARTICLE),
    ('"no"@en ; rg:passage :passage ; rg:inArticle :article ;', '"no"@en ; rg:passage :passage ; rg:inArticle :article , :tj ;', _IN_ARTICLE),
    ('rg:rule "event.meet" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', _RULE),
    ('rg:rule "event.meet" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:rule "" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', _RULE),
    ('rg:rule "event.meet" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:rule "a" , "b" ; rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', _RULE),
    ('rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:claimType "event" ; rg:modality', _CONFIDENCE),
    ('rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:confidence 0.8 , 0.9 ; rg:claimType "event" ; rg:modality', _CONFIDENCE),
    ('rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:confidence "high" ; rg:claimType "event" ; rg:modality', _CONFIDENCE),
    ('rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:confidence 1.8 ; rg:claimType "event" ; rg:modality', _CONFIDENCE),
    ('rg:confidence 0.8 ; rg:claimType "event" ; rg:modality', 'rg:confidence -0.8 ; rg:claimType "event" ; rg:modality', _CONFIDENCE),
    ('rg:claimType "event" ; rg:modality', "rg:modality", _TYPE),
    ('rg:claimType "event" ; rg:modality', 'rg:claimType "event" , "body" ; rg:modality', _TYPE),
    ('rg:claimType "event" ; rg:modality', 'rg:claimType "rumour" ; rg:modality', _TYPE),
    ("mod:denied", "mod:denied , mod:alleged", _MODALITY),
    ("mod:denied", "mod:whispered", _MODALITY),
    ("mod:denied", "topic:energy", _MODALITY),
    ('rg:attribution "the ministry"', 'rg:attribution "the ministry" , "the president"', _SPEAKER),
    ('rg:attribution "the ministry"', 'rg:attribution ""', _SPEAKER),
    ("rg:accordingTo :tj", "rg:accordingTo :dushanbe", "Whose words a claim passes on is an actor."),
    ("rg:involves :rahmon", "rg:involves :treaty", "What a claim involves is an actor."),
    ("rg:modality mod:denied", "rg:modality mod:denied ; rg:asserts :meeting", "A claim either asserts a fact or says why it does not, never both."),
    ("; rg:modality mod:denied", "", "A claim either asserts a fact or says why it does not, never both."),
    ('rg:exact "They met." ;', "", _EXACT),
    ('rg:exact "They met." ;', 'rg:exact "They met." , "They" ;', _EXACT),
    ('rg:exact "They met." ;', 'rg:exact "" ;', _EXACT),
    ("rg:start 0 ;", "", _START),
    ("rg:start 0 ;", "rg:start 0 , 1 ;", _START),
    ("rg:start 0 ;", "rg:start 0.5 ;", _START),
    ("rg:start 0 ;", "rg:start -1 ;", _START),
    ("rg:end 9 ;", "", _END),
    ("rg:end 9 ;", "rg:end 9 , 10 ;", _END),
    ("rg:end 9 ;", "rg:end 9.5 ;", _END),
    ("rg:end 9 ;", "rg:end 0 ;", "A passage starts before it ends."),
    ("rg:end 9 ; rg:inArticle :article", "rg:end 9", _OF_ARTICLE),
    ("rg:end 9 ; rg:inArticle :article", "rg:end 9 ; rg:inArticle :tj", _OF_ARTICLE),
    ("rg:end 9 ; rg:inArticle :article", "rg:end 9 ; rg:inArticle :article , :tj", _OF_ARTICLE),
    ('rg:rule "met" ;', "", _I_RULE),
    ('rg:rule "met" ;', 'rg:rule "met" , "visited" ;', _I_RULE),
    ('rg:rule "met" ;', 'rg:rule "" ;', _I_RULE),
    ("rg:inferredSubject :rahmon ;", "", _SUBJECT),
    ("rg:inferredSubject :rahmon ;", "rg:inferredSubject :rahmon , :tj ;", _SUBJECT),
    ("rg:inferredPredicate rg:met ;", "", _PREDICATE),
    ("rg:inferredPredicate rg:met ;", "rg:inferredPredicate rg:met , rg:visited ;", _PREDICATE),
    ("rg:inferredObject :tokayev ;", "", _OBJECT),
    ("rg:inferredObject :tokayev ;", "rg:inferredObject :tokayev , :kz ;", _OBJECT),
    ("; rg:premise :occurrence", "", "An inference names what it rests on."),
    (":match a rg:Match ; rg:matched :meeting , :plan", ":match a rg:Match ; rg:matched :meeting", _MATCHED),
    (":match a rg:Match ; rg:matched :meeting , :plan", ":match a rg:Match ; rg:matched :meeting , :plan , :call", _MATCHED),
    ("rg:verdict verdict:unclear ;", "", _VERDICT),
    ("rg:verdict verdict:unclear ;", "rg:verdict verdict:unclear , verdict:same ;", _VERDICT),
    ("rg:verdict verdict:unclear ;", "rg:verdict verdict:maybe ;", _VERDICT),
    ("rg:verdict verdict:unclear ;", "rg:verdict topic:energy ;", _VERDICT),
    ("rg:score 0.6", "rg:score 0.6 , 0.7", _SCORE),
    ("rg:score 0.6", 'rg:score "high"', _SCORE),
    ("rg:score 0.6", "rg:score 1.6", _SCORE),
    ("rg:score 0.6", "rg:score -0.6", _SCORE),
    ("rg:verdict verdict:same", "rg:verdict verdict:unclear", "A person decides for same or different."),
    ("rg:contradictionKind con:differing-figures ;", "", _CONTRADICTION),
    ("con:differing-figures", "con:differing-figures , con:two-holders", _CONTRADICTION),
    ("con:differing-figures", "con:quarrel", _CONTRADICTION),
    ("con:differing-figures", "topic:energy", _CONTRADICTION),
    ("rg:conflicting :figure , :growth", "rg:conflicting :figure", "A contradiction names at least two things that do not fit together."),
    ("rg:difference 0.2", "rg:difference 0.2 , 0.3", _APART),
    ("rg:difference 0.2", 'rg:difference "much"', _APART),
    ("rg:difference 0.2", "rg:difference 1.2", _APART),
    ("rg:difference 0.2", "rg:difference -0.2", _APART),
    ('rg:correctionKind "edit" ;', "", _CORRECTION),
    ('rg:correctionKind "edit" ;', 'rg:correctionKind "edit" , "reject" ;', _CORRECTION),
    ('rg:correctionKind "edit"', 'rg:correctionKind "perhaps"', _CORRECTION),
    ("rg:correctedClaim :gone ;", "", _CORRECTED),
    ("rg:correctedClaim :gone ;", 'rg:correctedClaim "gone" ;', _CORRECTED),
    ("rg:resultingClaim :claim", 'rg:resultingClaim "claim"', "What stands after a correction is a node."),
    ('rg:correctedOn "2025-10-12"^^xsd:date', 'rg:correctedOn "2025-10-12"^^xsd:date , "2025-10-13"^^xsd:date', _CORRECTED_ON),
    ('rg:correctedOn "2025-10-12"^^xsd:date', 'rg:correctedOn "soon"', _CORRECTED_ON),
    ("skos:inScheme v:topic ;", "", "A concept belongs to a vocabulary."),
    ('; rdfs:label "gardening"@en', "", "A concept needs a label."),
]  # fmt: skip
