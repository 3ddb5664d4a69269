"""Many ways in which news words treaties, bodies and figures; every sentence is our own.

Each case gives the names, the sides and the status or the value that a careful reader would write down.
"""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import AnyFact, BodyFact, IndicatorFact, TargetFact, TreatyFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"


def facts(body: str) -> tuple[AnyFact, ...]:
    return extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE).facts


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The foreign ministers of Uzbekistan and Tajikistan put their signatures to a protocol amending the 2018 agreement on mutual trips of citizens.", [("protocol amending the 2018 agreement on mutual trips of citizens", "Tajikistan+Uzbekistan", "signed")]),
        ("A five-year uranium supply contract was awarded by Kazakhstan to China.", [("five-year uranium supply contract", "China+Kazakhstan", "signed")]),
        ("Kyrgyzstan and Uzbekistan initialled a draft treaty on the delimitation of their border.", [("treaty on the delimitation of their border", "Kyrgyzstan+Uzbekistan", "under negotiation")]),
        ("Following the talks, Tajikistan and Turkmenistan signed an intergovernmental agreement on international road transport, a memorandum of understanding between the ministries of agriculture and a programme of cultural cooperation for 2023-2025.", [("intergovernmental agreement on international road transport", "Tajikistan+Turkmenistan", "signed"), ("memorandum of understanding between the ministries of agriculture", "Tajikistan+Turkmenistan", "signed"), ("programme of cultural cooperation for 2023-2025", "Tajikistan+Turkmenistan", "signed")]),
        ("The parliament of Kyrgyzstan has passed a bill ratifying the agreement with Kazakhstan on the readmission of persons.", [("agreement on the readmission of persons", "Kazakhstan+Kyrgyzstan", "ratified")]),
        ("Kazakhstan and Turkey are working on a preferential trade agreement.", [("preferential trade agreement", "Kazakhstan+Turkey", "under negotiation")]),
        ("The visa-free regime agreement between China and Uzbekistan took effect on June 1, 2025.", [("visa-free regime agreement", "China+Uzbekistan", "in force")]),
        ("Under the 1998 treaty on eternal friendship, Kazakhstan and Uzbekistan settle disputes by talks.", [("treaty on eternal friendship", "Kazakhstan+Uzbekistan", "referenced")]),
        ("Talks between Kyrgyzstan and Tajikistan yielded memorandums on energy, on tourism and on archives.", [("memorandum on archives", "Kyrgyzstan+Tajikistan", "signed"), ("memorandum on energy", "Kyrgyzstan+Tajikistan", "signed"), ("memorandum on tourism", "Kyrgyzstan+Tajikistan", "signed")]),
        ("Uzbekistan and Afghanistan are to sign a contract for the supply of electricity in Kabul next month.", [("contract for the supply of electricity", "Afghanistan+Uzbekistan", "planned")]),
        ("The ministers of Kazakhstan and Kyrgyzstan signed a roadmap to boost industrial cooperation.", [("roadmap to boost industrial cooperation", "Kazakhstan+Kyrgyzstan", "signed")]),
        ("Turkmenistan and Iran agreed a gas swap deal that will send supplies to Azerbaijan.", [("gas swap deal", "Iran+Turkmenistan", "signed")]),
        ("A memorandum of cooperation between the chambers of commerce of Tajikistan and Uzbekistan was signed.", [("memorandum of cooperation between the chambers of commerce", "Tajikistan+Uzbekistan", "signed")]),
        ("The two presidents, Sadyr Japarov and Emomali Rahmon, signed the Treaty on the State Border between Kyrgyzstan and Tajikistan.", [("Treaty on the State Border", "Kyrgyzstan+Tajikistan", "signed")]),
        ("Kazakhstan withdrew from the agreement on the common visa space with Russia.", [("agreement on the common visa space", "Kazakhstan+Russia", "terminated")]),
        ("Uzbekistan and Kazakhstan adopted a joint action plan for 2025-2026 to lift trade.", [("joint action plan for 2025-2026", "Kazakhstan+Uzbekistan", "signed")]),
        ("Russia and Kyrgyzstan signed a protocol to the agreement on the status of the military base at Kant.", [("protocol to the agreement on the status of the military base", "Kyrgyzstan+Russia", "signed")]),
        ("Tajikistan and China signed a package of documents, including agreements on agriculture, customs and education.", [("agreement on agriculture", "China+Tajikistan", "signed"), ("agreement on customs", "China+Tajikistan", "signed"), ("agreement on education", "China+Tajikistan", "signed")]),
        ("Among the documents signed by Kazakhstan and Turkmenistan were: an agreement on cooperation in science; a protocol on cultural exchanges; a memorandum on sport.", [("agreement on cooperation in science", "Kazakhstan+Turkmenistan", "signed"), ("memorandum on sport", "Kazakhstan+Turkmenistan", "signed"), ("protocol on cultural exchanges", "Kazakhstan+Turkmenistan", "signed")]),
        ("The extradition treaty which Kyrgyzstan and Mongolia signed in 1999 has been ratified.", [("extradition treaty", "Kyrgyzstan+Mongolia", "ratified")]),
        ("Uzbekistan's parliament approved a treaty of alliance with Tajikistan.", [("treaty of alliance", "Tajikistan+Uzbekistan", "ratified")]),
        ("The Asian Development Bank and Tajikistan signed a grant agreement for the rehabilitation of the Dushanbe water network.", [("grant agreement for the rehabilitation of the Dushanbe water network", "Asian Development Bank+Tajikistan", "signed")]),
        ("The governors of the Batken and Sughd regions of Kyrgyzstan and Tajikistan initialed a memorandum of intent.", [("memorandum of intent", "Kyrgyzstan+Tajikistan", "signed")]),
        ("Kazakhstan and the European Union signed an Enhanced Partnership and Cooperation Agreement in 2015.", [("Enhanced Partnership and Cooperation Agreement", "European Union+Kazakhstan", "signed")]),
        ("The Enhanced Partnership and Cooperation Agreement between the European Union and Kyrgyzstan is awaiting ratification.", [("Enhanced Partnership and Cooperation Agreement", "European Union+Kyrgyzstan", "referenced")]),
        ("China, Kyrgyzstan and Uzbekistan signed a trilateral intergovernmental agreement on the China-Kyrgyzstan-Uzbekistan railway.", [("trilateral intergovernmental agreement on the China-Kyrgyzstan-Uzbekistan railway", "China+Kyrgyzstan+Uzbekistan", "signed")]),
        ("Uzbekistan and Kazakhstan signed a demarcation treaty in 2022. It was ratified by both parliaments a year later.", [("demarcation treaty", "Kazakhstan+Uzbekistan", "ratified")]),
        ("Presidents Tokayev and Japarov signed a protocol on ratification of a treaty on deepening allied relations.", [("protocol on ratification of a treaty on deepening allied relations", "Kazakhstan+Kyrgyzstan", "signed")]),
        ("The power purchase agreement between Pakistan and Tajikistan was signed in 2015.", [("power purchase agreement", "Pakistan+Tajikistan", "signed")]),
        ("Kyrgyzstan's energy ministry and Kazakhstan's energy ministry concluded an accord on water and power exchange for the winter.", [("agreement on water and power exchange for the winter", "Kazakhstan+Kyrgyzstan", "signed")]),
        ("Turkmenistan and Uzbekistan have a free trade agreement in force since 1996.", [("free trade agreement", "Turkmenistan+Uzbekistan", "in force")]),
        ("They also signed a joint declaration and an agreement on avoiding double taxation, Kazakhstan and Uzbekistan said.", [("agreement on avoidance of double taxation", "Kazakhstan+Uzbekistan", "signed")]),
        ("The heads of the two energy companies of Kazakhstan and Uzbekistan signed a contract on gas transit.", [("contract on gas transit", "Kazakhstan+Uzbekistan", "signed")]),
        ("Kazakhstan and Tajikistan have prepared a draft agreement on cooperation in information security.", [("agreement on cooperation in information security", "Kazakhstan+Tajikistan", "under negotiation")]),
        ("The draft intergovernmental agreement on the operation of the border crossing is being agreed on by Kyrgyzstan and Kazakhstan.", [("intergovernmental agreement on the operation of the border crossing", "Kazakhstan+Kyrgyzstan", "under negotiation")]),
        ("Uzbekistan and Tajikistan extended their agreement on gas supplies until 2026.", [("agreement on gas supplies", "Tajikistan+Uzbekistan", "signed")]),
        ("A letter of intent on student exchange was signed by the universities of Kyrgyzstan and Kazakhstan.", [("letter of intent on student exchange", "Kazakhstan+Kyrgyzstan", "signed")]),
        ("The 2024-2026 cooperation programme between the foreign ministries of Kazakhstan and Uzbekistan was signed.", [("2024-2026 cooperation programme between the foreign ministries", "Kazakhstan+Uzbekistan", "signed")]),
        ("Kazakhstan and Uzbekistan renewed a pact on military cooperation.", [("pact on military cooperation", "Kazakhstan+Uzbekistan", "signed")]),
        ("Kyrgyzstan denounced its 1999 defence treaty with Uzbekistan.", [("defence treaty", "Kyrgyzstan+Uzbekistan", "terminated")]),
        ("At the talks, officials from Tajikistan and Uzbekistan discussed the implementation of the agreement on transit of goods.", [("agreement on transit of goods", "Tajikistan+Uzbekistan", "referenced")]),
        ("Parliaments of Kazakhstan and Kyrgyzstan sealed their ties with a cooperation agreement.", [("cooperation agreement", "Kazakhstan+Kyrgyzstan", "signed")]),
        ("The \"Agreement on Cooperation in the Field of Geology\" between Uzbekistan and Kyrgyzstan came into effect in May.", [("Agreement on Cooperation in the Field of Geology", "Kyrgyzstan+Uzbekistan", "in force")]),
        ("The air services agreement of 1993 between Kyrgyzstan and Turkey is still valid.", [("air services agreement", "Kyrgyzstan+Turkey", "in force")]),
        ("An agreement to abolish roaming charges was signed between Kazakhstan and Uzbekistan.", [("agreement to abolish roaming charges", "Kazakhstan+Uzbekistan", "signed")]),
        ("Japarov signed into law the ratification of the loan agreement with the Islamic Development Bank.", [("loan agreement", "Islamic Development Bank+Kyrgyzstan", "ratified")]),
        ("Kazakhstan and Tajikistan signed a package. It includes agreements on extradition, on legal aid in civil cases and on the protection of classified information.", [("agreement on extradition", "Kazakhstan+Tajikistan", "signed"), ("agreement on legal aid", "Kazakhstan+Tajikistan", "signed"), ("agreement on the protection of classified information", "Kazakhstan+Tajikistan", "signed")]),
        ("Besides the joint statement the presidents of Tajikistan and Turkmenistan signed an agreement on the mutual establishment of cultural centres; ministers added papers on plant quarantine, on standardisation and on the recognition of diplomas.", [("agreement on plant quarantine", "Tajikistan+Turkmenistan", "signed"), ("agreement on standardisation", "Tajikistan+Turkmenistan", "signed"), ("agreement on the mutual establishment of cultural centres", "Tajikistan+Turkmenistan", "signed"), ("agreement on the recognition of diplomas", "Tajikistan+Turkmenistan", "signed")]),
        ("The foreign ministers of Kazakhstan and Uzbekistan exchanged a cooperation programme for 2025-2026, their railway chiefs an agreement on tariffs.", [("agreement on tariffs", "Kazakhstan+Uzbekistan", "signed"), ("cooperation programme for 2025-2026", "Kazakhstan+Uzbekistan", "signed")]),
        ("Signed by Kazakhstan and Uzbekistan were: 1) an agreement on water; 2) a memorandum on seeds; 3) a road map for trade.", [("agreement on water", "Kazakhstan+Uzbekistan", "signed"), ("memorandum on seeds", "Kazakhstan+Uzbekistan", "signed"), ("road map for trade", "Kazakhstan+Uzbekistan", "signed")]),
        ("Kazakhstan and Uzbekistan ended their talks. Accords on customs and on veterinary control followed.", [("agreement on customs", "Kazakhstan+Uzbekistan", "signed"), ("agreement on veterinary control", "Kazakhstan+Uzbekistan", "signed")]),
        ("Tashkent and Dushanbe have had a strategic partnership treaty since 2018.", [("strategic partnership treaty", "Tajikistan+Uzbekistan", "referenced")]),
        ("A treaty of good-neighbourliness is to be drawn up by Kyrgyzstan and Tajikistan.", [("treaty of good-neighbourliness", "Kyrgyzstan+Tajikistan", "planned")]),
        ("The lower house of Tajikistan voted for the accord on transit with Iran.", [("agreement on transit", "Iran+Tajikistan", "ratified")]),
        ("Kazakhstan has completed the procedures needed for the agreement on readmission with Turkey to come into force.", [("agreement on readmission", "Kazakhstan+Turkey", "referenced")]),
        ("Turkmenistan's parliament gave its blessing to the treaty on the delimitation of the Caspian seabed with Kazakhstan.", [("treaty on the delimitation of the Caspian seabed", "Kazakhstan+Turkmenistan", "ratified")]),
        ("The ministers of agriculture of Kyrgyzstan and Uzbekistan concluded an agreement whereby quarantine checks will be recognised mutually.", [("agreement on quarantine checks", "Kyrgyzstan+Uzbekistan", "signed")]),
        ("Three protocols were initialled by Kazakhstan, Kyrgyzstan and Uzbekistan: on the operation of the Toktogul reservoir, on fuel supplies and on power transit.", [("protocol on fuel supplies", "Kazakhstan+Kyrgyzstan+Uzbekistan", "signed"), ("protocol on power transit", "Kazakhstan+Kyrgyzstan+Uzbekistan", "signed"), ("protocol on the operation of the Toktogul reservoir", "Kazakhstan+Kyrgyzstan+Uzbekistan", "signed")]),
        ("The energy ministers of Kazakhstan, Kyrgyzstan and Uzbekistan signed a protocol on the water and energy balance until 2028.", [("protocol on the water and energy balance", "Kazakhstan+Kyrgyzstan+Uzbekistan", "signed")]),
        ("Documents on cooperation in tourism, on youth policy and on the peaceful uses of nuclear energy were signed by Italy and Kazakhstan.", [("agreement on cooperation in tourism", "Italy+Kazakhstan", "signed"), ("agreement on the peaceful uses of nuclear energy", "Italy+Kazakhstan", "signed"), ("agreement on youth policy", "Italy+Kazakhstan", "signed")]),
        ("Uzbekistan and Turkmenistan agreed on a programme of cooperation between their foreign ministries for 2024 and 2025, which Rashid Meredov and Bakhtiyor Saidov signed.", [("programme of cooperation for 2024 and 2025 between their foreign ministries", "Turkmenistan+Uzbekistan", "signed")]),
        ("Kazakhstan and Tajikistan signed deals: a memorandum between the regions of Turkistan and Sughd, an agreement on air traffic and a plan to raise trade.", [("agreement on air traffic", "Kazakhstan+Tajikistan", "signed"), ("memorandum between the regions", "Kazakhstan+Tajikistan", "signed")]),
        ("An agreement on mutual protection of investments, a memorandum on sport and a plan of action for 2023 were among the papers that Kazakhstan and Qatar signed.", [("agreement on mutual protection of investments", "Kazakhstan+Qatar", "signed"), ("memorandum on sport", "Kazakhstan+Qatar", "signed"), ("plan of action for 2023", "Kazakhstan+Qatar", "signed")]),
        ("Kyrgyzstan and Uzbekistan plan to conclude a treaty on allied relations.", [("treaty on allied relations", "Kyrgyzstan+Uzbekistan", "planned")]),
        ("The sides signed an agreement between the governments of Kazakhstan and Uzbekistan on regulating the activities of the International Centre for Industrial Cooperation.", [("agreement on regulating the activities of the International Centre for Industrial Cooperation", "Kazakhstan+Uzbekistan", "signed")]),
    ],
)
def test_treaties(body: str, expected: list[tuple[object, ...]]) -> None:
    """A document has its name, its sides and its status, however the sentence is built."""
    assert sorted((f.name, "+".join(f.parties), f.status) for f in facts(body) if isinstance(f, TreatyFact)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Russia-Kazakhstan Interregional Cooperation Forum was held in Atyrau.", [("Russia-Kazakhstan Interregional Cooperation Forum", "Kazakhstan+Russia")]),
        ("The two countries, Belarus and Uzbekistan, will set up a joint investment company.", [("joint investment company", "Belarus+Uzbekistan")]),
        ("The Hungarian-Kyrgyz Development Fund has begun to lend.", [("Hungarian-Kyrgyz Development Fund", "Hungary+Kyrgyzstan")]),
        ("The Kazakh-Turkmen working group on gas met in Avaza.", [("Kazakh-Turkmen working group on gas", "Kazakhstan+Turkmenistan")]),
        ("Kyrgyzstan and Tajikistan agreed that a council of border regions will be formed.", [("council of border regions", "Kyrgyzstan+Tajikistan")]),
        ("The third India-Central Asia Dialogue took place in New Delhi.", [("India-Central Asia Dialogue", "India+Kazakhstan+Kyrgyzstan+Tajikistan+Turkmenistan+Uzbekistan")]),
        ("The Interstate Commission for Water Coordination of Central Asia will meet in December.", [("Interstate Commission for Water Coordination of Central Asia", "Kazakhstan+Kyrgyzstan+Tajikistan+Turkmenistan+Uzbekistan")]),
        ("A Kazakh-Israeli business forum was held in Astana.", []),
        ("Kazakhstan and Armenia signed a Strategic Partnership Agreement.", []),
        ("The Central Asian Regional Information and Coordination Centre works in Almaty.", [("Central Asian Regional Information and Coordination Centre", "Azerbaijan+Kazakhstan+Kyrgyzstan+Russia+Tajikistan+Turkmenistan+Uzbekistan")]),
        ("The water committee of Kazakhstan lost its head, Uzbekistan was told.", []),
        ("Turkey and Kyrgyzstan agreed to create a High-Level Strategic Cooperation Council.", [("High-Level Strategic Cooperation Council", "Kyrgyzstan+Turkey")]),
    ],
)
def test_bodies(body: str, expected: list[tuple[object, ...]]) -> None:
    """Standing mechanisms have their members; forums, treaties and organs of one state are none."""
    assert sorted((f.name, "+".join(f.members)) for f in facts(body) if isinstance(f, BodyFact)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Uzbek-Afghan trade was $1.1 billion in 2024 and 750 million in the first half of the current year; by the end of 2026 it should be two billion.", [("IndicatorFact", "trade turnover", "Afghanistan+Uzbekistan", 750000000.0, "USD", "2025-H1"), ("IndicatorFact", "trade turnover", "Afghanistan+Uzbekistan", 1100000000.0, "USD", "2024"), ("TargetFact", "trade turnover", "Afghanistan+Uzbekistan", 2000000000.0, "USD", "2026")]),
        ("Trade of Belarus and Uzbekistan is to be raised to half a billion dollars by 2027.", [("TargetFact", "trade turnover", "Belarus+Uzbekistan", 500000000.0, "USD", "2027")]),
        ("The two economies of Armenia and Kazakhstan exchanged goods for 78 million dollars in the first nine months of 2024.", [("IndicatorFact", "trade turnover", "Armenia+Kazakhstan", 78000000.0, "USD", "2024-01/2024-09")]),
        ("Trade between Tashkent and Moscow went up by a quarter to $9.3 billion in 2024.", [("IndicatorFact", "trade turnover", "Russia+Uzbekistan", 9300000000.0, "USD", "2024"), ("IndicatorFact", "trade turnover growth", "Russia+Uzbekistan", 25, "%", "2024")]),
        ("Trade between China and the five states of Central Asia reached $70.2 billion last year.", [("IndicatorFact", "trade turnover", "China+Kazakhstan+Kyrgyzstan+Tajikistan+Turkmenistan+Uzbekistan", 70200000000.0, "USD", "2024")]),
        ("Kazakhstan's exports to the European Union were 16.3 billion euros in 2024, its imports 5.6 billion.", [("IndicatorFact", "exports", "European Union+Kazakhstan", 16300000000.0, "EUR", "2024"), ("IndicatorFact", "imports", "European Union+Kazakhstan", 5600000000.0, "EUR", "2024")]),
        ("Tajikistan owes China a debt of $1.1 billion.", [("IndicatorFact", "debt", "China+Tajikistan", 1100000000.0, "USD", "")]),
        ("Korea and Kazakhstan agreed on it. The Development Bank of Kazakhstan borrowed 120 million euros from Commerzbank.", [("IndicatorFact", "loan", "Commerzbank+Development Bank of Kazakhstan", 120000000.0, "EUR", "")]),
        ("There are five weekly flights between Tajikistan and Kazakhstan.", [("IndicatorFact", "flights", "Kazakhstan+Tajikistan", 5.0, "count", "")]),
        ("The state visit of the Turkish president to Uzbekistan produced 25 agreements.", [("IndicatorFact", "documents signed", "Turkey+Uzbekistan", 25.0, "count", "")]),
        ("Afghanistan bought 620 million kilowatt-hours from Turkmenistan in 2024.", [("IndicatorFact", "imports", "Afghanistan+Turkmenistan", 620000000.0, "kWh", "2024")]),
        ("Turkmenistan sells Uzbekistan 2 billion cubic metres of gas a year.", [("IndicatorFact", "gas supply", "Turkmenistan+Uzbekistan", 2000000000.0, "cubic metres", "")]),
        ("The dam in Kyrgyzstan holds 5.4 billion cubic metres of water, Kazakhstan was told.", []),
        ("Trade between Kazakhstan and Vietnam is expected to reach $3 billion.", []),
        ("The aim of Turkey and Kyrgyzstan is to bring the trade volume up from $160 million to $1 billion within four years.", [("IndicatorFact", "trade turnover", "Kyrgyzstan+Turkey", 160000000.0, "USD", ""), ("TargetFact", "trade turnover", "Kyrgyzstan+Turkey", 1000000000.0, "USD", "2029")]),
        ("The goal set by Turkey and Turkmenistan at the session of their commission in November is $5 billion in trade.", [("TargetFact", "trade turnover", "Turkey+Turkmenistan", 5000000000.0, "USD", "")]),
        ("In Uzbekistan 38 joint ventures with Kazakhstan are at work.", [("IndicatorFact", "joint ventures", "Kazakhstan+Uzbekistan", 38.0, "count", "")]),
        ("Trade of Kazakhstan with Kyrgyzstan came to 2.3 trillion tenge in 2024.", [("IndicatorFact", "trade turnover", "Kazakhstan+Kyrgyzstan", 2300000000000.0, "KZT", "2024")]),
        ("Kazakhstan and Kyrgyzstan set up a plant. It cost 5.4 billion soms, half of which is covered by a Chinese grant.", []),
        ("The World Bank gave Kyrgyzstan a $5 million grant in 2024.", [("IndicatorFact", "grant", "Kyrgyzstan+World Bank", 5000000.0, "USD", "2024")]),
        ("Gazprom and Kazakhstan spoke. Iran's exports to Kazakhstan fell by a third last year.", [("IndicatorFact", "exports growth", "Iran+Kazakhstan", -33, "%", "2024")]),
        ("Last year trade of Kazakhstan and Mongolia was 168 million dollars; the presidents intend to raise it to 500 million.", [("IndicatorFact", "trade turnover", "Kazakhstan+Mongolia", 168000000.0, "USD", "2024"), ("TargetFact", "trade turnover", "Kazakhstan+Mongolia", 500000000.0, "USD", "")]),
    ],
)
def test_figures(body: str, expected: list[tuple[object, ...]]) -> None:
    """Figures and pledges have kind, sides, value, unit and period; forecasts and capacities are left out."""
    assert sorted((type(f).__name__, f.kind, "+".join(f.between), f.value, f.unit, (f.by if isinstance(f, TargetFact) else f.period) or "") for f in facts(body) if isinstance(f, IndicatorFact | TargetFact)) == expected
