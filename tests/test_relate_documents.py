"""Treaties and bodies: name, sides, status, members; in sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import BodyFact, TreatyFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"


def facts(body: str, kind: type[TreatyFact] | type[BodyFact], *, unasserted: bool = False) -> list[TreatyFact | BodyFact]:
    found = extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE)
    return [f for f in (found.unasserted if unasserted else found.facts) if isinstance(f, kind)]


def treaties(body: str) -> list[tuple[str, str, str | None]]:
    return [(f.name, "+".join(f.parties), f.status) for f in facts(body, TreatyFact) if isinstance(f, TreatyFact)]


KZ_UZ, KG_TJ = "Kazakhstan+Uzbekistan", "Kyrgyzstan+Tajikistan"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The agreement between the Ministry of Housing and Building of Kazakhstan and the Committee for Architecture of Uzbekistan was signed.",
         [("agreement between the Ministry of Housing and Building and the Committee for Architecture", KZ_UZ, "signed")]),
        ("A like agreement was signed between the Eurasian Economic Union and Kazakhstan in 2015.", []),
        ("Kazakhstan and Uzbekistan signed a memorandum which links geologists of Kazakhstan and Uzbekistan.", []),
        ("Kazakhstan and Uzbekistan signed the Agreement on Trade in Services and Investment.", [("Agreement on Trade in Services and Investment", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a memorandum on the fight against trafficking in weapons.", [("memorandum on the fight against trafficking in weapons", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a deal enabling people of each country to stay in the other for up to 60 days.", []),
        ("Kazakhstan and Uzbekistan signed two agreements covering areas such as water and transport.", []),
        ("Kazakhstan and Uzbekistan signed a contract for a longer period.", []),
        ('The Declaration "On further growth of friendship" was signed by Kazakhstan and Uzbekistan.', [("Declaration On further growth of friendship", KZ_UZ, "signed")]),
        ("Kazakhstan has a long-term contract with Uzbekistan on supply Uzbekistan with grain.", [("long-term contract on supply", KZ_UZ, "referenced")]),
        ("Kazakhstan and Uzbekistan signed an agreement on construction of a road connecting Kazakhstan with Uzbekistan.", [("agreement on construction of a road", KZ_UZ, "signed")]),
        ("The National Holding Company Qaztabak and the Uzbek firm Navoiyuran signed an agreement on cotton.", [("agreement on cotton", "Navoiyuran+Qaztabak", "signed")]),
        ("KazMunayGas and SOCAR, Azerbaijan's State Oil Company, signed an agreement on oil transit.", [("agreement on oil transit", "KazMunayGas+SOCAR", "signed")]),
        ("London-listed Falcon Power signed an agreement with Kazakhstan on a wind farm.", [("agreement on a wind farm", "Falcon Power+Kazakhstan", "signed")]),
        ("The ministers and Heads of Institutions of Kazakhstan and Uzbekistan signed an agreement on digital trade.", [("agreement on digital trade", KZ_UZ, "signed")]),
        ("The premiers of Kazakhstan and Uzbekistan also attended the summit, which ended with the signing of a memorandum on transport.", []),
        ("The premiers of Kazakhstan and Uzbekistan attended the ceremony and also signed a memorandum on transport.", [("memorandum on transport", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a pivotal agreement.", []),
        ("Uzbekistan and South Korea met. A cooperation programme with the Korea International Cooperation Agency for 2027-2029 was signed.",
         [("cooperation programme for 2027-2029", "Korea International Cooperation Agency+Uzbekistan", "signed")]),
        ("Kazakhstan put pressure on Uzbekistan to make a gas deal with Russia.", []),
        ("Kazakhstan and Uzbekistan took a step to forming a free trade agreement by signing a memorandum on a joint study.", [("memorandum on a joint study", KZ_UZ, "signed")]),
        ("Kazakhstan adopted 12 international transport conventions with Uzbekistan.", []),
        ("Kazakhstan and Uzbekistan signed an agreement on the use of water.", [("agreement on the use of water", KZ_UZ, "signed")]),
        ("Kyrgyzstan has ratified its agreement with Tajikistan on mutual visits.", [("agreement on mutual visits", KG_TJ, "ratified")]),
        ("The free trade agreement between Kazakhstan and Uzbekistan entered into force.", [("free trade agreement", KZ_UZ, "in force")]),
        ("Kazakhstan and Uzbekistan are negotiating an agreement on pensions.", [("agreement on pensions", KZ_UZ, "under negotiation")]),
        ("A memorandum on tourism is to be signed by Kazakhstan and Uzbekistan in May 2026.", [("memorandum on tourism", KZ_UZ, "planned")]),
        ("The agreement on tourism between Kazakhstan and Uzbekistan will enter into force in 2026.", [("agreement on tourism", KZ_UZ, "referenced")]),
        ("Uzbekistan denounced the agreement on transit with Kazakhstan.", [("agreement on transit", KZ_UZ, "terminated")]),
        (
            "Kazakhstan and Uzbekistan signed agreements on culture, on aviation and on customs.",
            [("agreement on aviation", KZ_UZ, "signed"), ("agreement on culture", KZ_UZ, "signed"), ("agreement on customs", KZ_UZ, "signed")],
        ),
        ("Kazakhstan and Uzbekistan have put their names under a treaty on transit.", [("treaty on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed an agreement on the frontier that they drew in 2001.", [("agreement on the border", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a contract for 1,200 buses on the same day.", [("contract for 1,200 buses", KZ_UZ, "signed")]),
        ("Uzbekistan ratified the agreement by which Kazakhstan sends it gas.", [("agreement on gas", KZ_UZ, "ratified")]),
        ("The debt of Kazakhstan is no longer owed. Kazakhstan and Uzbekistan signed a protocol to this effect.", [("protocol on debt", KZ_UZ, "signed")]),
        ("Transit between Kazakhstan and Uzbekistan is settled by a separate agreement of 2019.", [("agreement on transit", KZ_UZ, "signed")]),
        ("Uzbekistan walked away from the agreement on transit with Kazakhstan.", [("agreement on transit", KZ_UZ, "terminated")]),
        ("Kazakhstan and Uzbekistan have a week to draw up a road map for the border.", [("road map for the border", KZ_UZ, "planned")]),
        ("An accord on wheat between Kazakhstan and Uzbekistan is all but ready.", [("agreement on wheat", KZ_UZ, "under negotiation")]),
        ("Kazakhstan and Uzbekistan signed a treaty on those pieces of the frontier that were still open.", [("treaty on border", KZ_UZ, "signed")]),
        ("The declaration to which Kazakhstan and Uzbekistan put their names makes them strategic partners.", [("declaration on strategic partnership", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan have an accord on wheat. It was signed in May 2024.", [("agreement on wheat", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan spent the day over a memorandum on tourism and left the rest for later.", []),
        ("Kazakhstan and Uzbekistan signed a treaty on transit in May 2024, and both parliaments ratified it.", [("treaty on transit", KZ_UZ, "ratified")]),
        ("Kazakhstan and Uzbekistan signed a treaty on transit in May 2024. Both parliaments have ratified it.", [("treaty on transit", KZ_UZ, "ratified")]),
        ("The memorandum, signed by Kazakhstan and Uzbekistan on Friday, is about a wind park.", [("memorandum on wind park", KZ_UZ, "signed")]),
        ("The foreign ministers of Kazakhstan and Uzbekistan exchanged letters about a railway.", [("exchange of letters about a railway", KZ_UZ, "signed")]),
        ("A treaty on transit now binds Kazakhstan and Uzbekistan.", [("treaty on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan may add an agreement on transit.", []),
        (
            "Kazakhstan and Uzbekistan ratified three papers. The first concerns transit, the second visas. The third has to do with wheat.",
            [("agreement on transit", KZ_UZ, "ratified"), ("agreement on visas", KZ_UZ, "ratified"), ("agreement on wheat", KZ_UZ, "ratified")],
        ),
        ("Kazakhstan and Uzbekistan signed two treaties. They deal with transit and with visas.", [("treaty on transit", KZ_UZ, "signed"), ("treaty on visas", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed ten treaties. They deal with transit and with visas.", []),
        ("Two of the memoranda, on floods and on fuel, were concluded by Kazakhstan and Uzbekistan.", [("memorandum on floods", KZ_UZ, "signed"), ("memorandum on fuel", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed several papers. The academies have a memorandum on archives.", [("memorandum on archives", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan opened talks. Others concern visas.", []),
        ("Kazakhstan and Uzbekistan signed four papers. Pensions are the matter of one agreement.", [("agreement on pensions", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan met. For tourism a memorandum was signed.", [("memorandum on tourism", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan met. The aviation authorities signed a memorandum.", [("memorandum of the aviation authorities", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed nine papers. One, which the ministers signed, exempts holders of diplomatic passports from visas.",
         [("agreement on holders of diplomatic passports", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a roadmap for a railway from Termez to Aktau in May.", [("roadmap for a railway from Termez to Aktau", KZ_UZ, "signed")]),
        (
            "Kazakhstan and Uzbekistan signed an agreement on transit and a treaty on visas in 2020. Both were ratified in 2021.",
            [("agreement on transit", KZ_UZ, "ratified"), ("treaty on visas", KZ_UZ, "ratified")],
        ),
        (
            "Kazakhstan and Uzbekistan laid down in May 2019 who opens the dam. On May 4 they dealt with an agreement on transit.",
            [("agreement on transit", KZ_UZ, "signed")],
        ),
        ("Kazakhstan and Uzbekistan signed a memorandum on cooperation to ease the delivery of aid.", [("memorandum on cooperation to ease the delivery of aid", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed nine papers. One lets the Uzbeks open shops.", [("agreement on shops", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed nine papers. A third obliges the two to help each other.", []),
        ("Kazakhstan and Uzbekistan signed an agreement. It deals with transit.", [("agreement on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan are negotiating an agreement. The paper concerns transit.", [("agreement on transit", KZ_UZ, "under negotiation")]),
        ("Kazakhstan and Uzbekistan signed an agreement on transit. It covers 300 kilometres.", [("agreement on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed five documents. Under one of them flour will go south.", [("agreement on flour", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed five documents. By the first the two become partners.", []),
        ("Kazakhstan and Uzbekistan signed an agreement dealing with the transit of gas.", [("agreement on the transit of gas", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed two agreements, the first on customs, the second on pensions.",
         [("agreement on customs", KZ_UZ, "signed"), ("agreement on pensions", KZ_UZ, "signed")]),
        ("The Senate in Astana waved through the accord with Uzbekistan on transit.", [("agreement on transit", KZ_UZ, "ratified")]),
        ("Kazakhstan and Uzbekistan have been at work since spring on an agreement on transit.", [("agreement on transit", KZ_UZ, "under negotiation")]),
        ("Kazakhstan and Uzbekistan will sign two agreements in May 2026. One deals with gas.", [("agreement on gas", KZ_UZ, "planned")]),
        ("Kazakhstan and Uzbekistan signed two agreements. One deals with gas, the other with oil.", [("agreement on gas", KZ_UZ, "signed"), ("agreement on oil", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed two documents. Another covers his face.", []),
        ("Kazakhstan and Uzbekistan signed an agreement on financing on the project.", [("agreement on financing", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a memorandum on a bank of their own.", [("memorandum on a bank", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan put the last touches to an agreement on water.", [("agreement on water", KZ_UZ, "under negotiation")]),
        ("An agreement on water lies ready for Kazakhstan and Uzbekistan to sign.", [("agreement on water", KZ_UZ, "planned")]),
        ("Kazakhstan and Uzbekistan signed a memorandum on protecting rare birds.", [("memorandum on protection of rare birds", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a memorandum on smart farming.", [("memorandum on smart farming", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed another paper, on transit.", [("agreement on transit", KZ_UZ, "signed")]),
        ("A further agreement that Kazakhstan and Uzbekistan signed deals with transit.", [("agreement on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed accords on energy, metals and other fields.", []),
        ("Kazakhstan and Uzbekistan signed a memorandum of their own.", []),
        ("Kazakhstan and Uzbekistan signed a protocol of their own, on water.", [("protocol on water", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed an agreement on its establishment.", []),
        ("Uzbekistan ratified the treaty which fixes the point where the borders of Kazakhstan and Uzbekistan meet.", [("treaty on junction point of the borders", KZ_UZ, "ratified")]),
        (
            "Kazakhstan and Uzbekistan signed a protocol on swapping the instruments of ratification of the treaty on transit.",
            [("protocol on exchange of the instruments of ratification", KZ_UZ, "signed"), ("treaty on transit", KZ_UZ, "signed")],
        ),
        ("The talks ended with the signing of an agreement on trade between Kazakhstan and Uzbekistan and of memoranda on transport and on finance.", [("agreement on trade", KZ_UZ, "signed"), ("memorandum on finance", KZ_UZ, "signed"), ("memorandum on transport", KZ_UZ, "signed")]),
        ("A protocol of Monday puts an end to the agreement on transit between Kazakhstan and Uzbekistan.", [("agreement on transit", KZ_UZ, "terminated")]),
        ("An accord on wheat between Kazakhstan and Uzbekistan is well advanced.", [("agreement on wheat", KZ_UZ, "under negotiation")]),
        ("The day brought Kazakhstan and Uzbekistan nearer by a treaty on transit.", [("treaty on transit", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed an agreement on migrant labour on 4 March.", [("agreement on migrant labour", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan exchanged notes on a scholarship project.", [("exchange of notes on a scholarship project", KZ_UZ, "signed")]),
        ("The text of a free trade agreement between Kazakhstan and Uzbekistan was signed in Osh.", [("free trade agreement", KZ_UZ, "signed")]),
        ("A paper on tourism was signed by Kazakhstan and Uzbekistan.", [("agreement on tourism", KZ_UZ, "signed")]),
        (
            "The chief executive of Masdar, Hamad Al Falasi, and the energy minister of Kazakhstan, Almasadam Satkaliyev, signed a memorandum on wind power.",
            [("memorandum on wind power", "Kazakhstan+Masdar", "signed")],
        ),
        ("Kazakhstan and Uzbekistan signed a treaty on allied ties. The treaty entered into force in 2024.", [("treaty on allied ties", KZ_UZ, "in force")]),
    ],
)
def test_treaties(body: str, expected: list[tuple[str, str, str]]) -> None:
    """A document has its name, its sides and the latest status that the text reports."""
    assert sorted(treaties(body)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Kazakhstan and Uzbekistan reached agreement and spoke about earlier agreements.",
        "Kazakhstan and Uzbekistan signed several agreements.",
        "Kazakhstan and Uzbekistan signed thirty agreements: on trade, on ports and on energy.",
        "Kazakhstan and Uzbekistan signed a protocol in the centre on the border.",
        "Kazakhstan told Uzbekistan that the raid offends against the Vienna Convention.",
        "Kazakhstan and Uzbekistan belong to the Collective Security Treaty Organization and agreed on many points.",
        "The protocol service of Kazakhstan greeted the guests from Uzbekistan.",
    ],
)
def test_bare_papers_give_nothing(body: str) -> None:
    """Unnamed papers, and words inside the name of an organisation, are no treaties."""
    assert treaties(body) == []


def test_a_cancelled_signing_is_unasserted() -> None:
    """What was cancelled is kept apart, with its modality."""
    body = "Kazakhstan and Uzbekistan cancelled the signing of an agreement on the use of water."
    assert facts(body, TreatyFact) == []
    assert [f.modality for f in facts(body, TreatyFact, unasserted=True)] == ["cancelled"]


@pytest.mark.parametrize(
    ("body", "name", "members"),
    [
        ("The Kazakh-Uzbek Business Council met in Astana.", "Kazakh-Uzbek Business Council", ("Kazakhstan", "Uzbekistan")),
        ("The joint commission of Kazakhstan and Kyrgyzstan on fisheries met.", "joint commission", ("Kazakhstan", "Kyrgyzstan")),
        ("Kazakhstan, China and Uzbekistan met. The Trilateral Working Group on Transport will sit in May.", "Trilateral Working Group on Transport", ("China", "Kazakhstan", "Uzbekistan")),
    ],
)
def test_bodies(body: str, name: str, members: tuple[str, ...]) -> None:
    """A body has the members that its name, or the text beside it, gives."""
    assert [(f.name, f.members) for f in facts(body, BodyFact) if isinstance(f, BodyFact)] == [(name, members)]


@pytest.mark.parametrize(
    "body",
    [
        "Tajikistan's State Committee for National Security warned Kyrgyzstan.",
        "The Kyrgyz parliament's Committee on Foreign Affairs spoke about Kazakhstan.",
        "The Security Council of Kazakhstan met, and Uzbekistan was told.",
    ],
)
def test_one_states_own_committees_are_no_bodies(body: str) -> None:
    """Organs of a single state are no mechanism of states."""
    assert facts(body, BodyFact) == []


def test_lists_of_signed_papers() -> None:
    """Items of a list have the status of the sentence that opens it; organs sign for their states, whatever their names."""
    body = (
        "Kazakhstan and Uzbekistan held talks.\n\nThe following documents were signed:\n\n"
        "- Agreement between the Government of the Republic of Kazakhstan and the Government of the Republic of Uzbekistan on the use of border bridges;\n\n"
        "- Memorandum on cooperation between the Agency for Youth under the Government of Kazakhstan and the National Youth Organisation of the Republic of Uzbekistan in the field of sports;\n\n"
        "- \"Roadmap\" for building trade centres."
    )
    assert sorted(treaties(body)) == [
        ("Agreement on the use of border bridges", KZ_UZ, "signed"),
        ("Memorandum on cooperation in the field of sports", KZ_UZ, "signed"),
        ("Roadmap for building trade centres", KZ_UZ, "signed"),
    ]


def test_documents_that_will_be_signed_by_list() -> None:
    """What a list announces is planned."""
    body = "Kazakhstan and Uzbekistan hold talks in May 2026. The following papers will be signed:\n\n1. An agreement on seeds;\n\n2. A protocol on wool."
    assert sorted(treaties(body)) == [("agreement on seeds", KZ_UZ, "planned"), ("protocol on wool", KZ_UZ, "planned")]


def test_a_field_list_behind_documents_names_none() -> None:
    """How many of the papers are on each field isn't said."""
    assert treaties("Kazakhstan and Uzbekistan signed 20 documents concerning cooperation in industry, geology and culture.") == []


def test_a_wish_between_verb_and_document_governs_it() -> None:
    """What is only needed isn't signed."""
    assert treaties("Kazakhstan and Uzbekistan noted the signing of a treaty on transit and the need for a commercial contract on tariffs.") == [("treaty on transit", KZ_UZ, "signed")]


def test_documents_of_one_field_and_different_kinds_stay_apart() -> None:
    """An agreement may follow a memorandum on the same matter."""
    body = "Kazakhstan and Uzbekistan signed a memorandum on joint exploration of gas fields. They are negotiating an agreement on joint exploration of gas fields."
    assert sorted(treaties(body)) == [("agreement on joint exploration of gas fields", KZ_UZ, "under negotiation"), ("memorandum on joint exploration of gas fields", KZ_UZ, "signed")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("After the protocol on transit comes into force, Kazakhstan and Uzbekistan will open a depot.", [("protocol on transit", KZ_UZ, "referenced")]),
        ("Kazakhstan and Uzbekistan came closer to a free trade agreement by signing a memorandum on a joint study.", [("memorandum on a joint study", KZ_UZ, "signed")]),
        ("A memorandum was also signed for the construction of a bridge by Kazakhstan and Uzbekistan.", [("memorandum for the construction of a bridge", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan signed a Memorandum of Understanding and Partnership in the field of geology.", [("Memorandum of Understanding and Partnership in the field of geology", KZ_UZ, "signed")]),
        ("Kazakhstan and Uzbekistan concluded memorandums of understanding in the oil and gas sector and on raising power exports.", [("memorandum of understanding in the oil and gas sector", KZ_UZ, "signed"), ("memorandum of understanding on raising power exports", KZ_UZ, "signed")]),
    ],
)
def test_steps_and_fields_in_running_text(body: str, expected: list[tuple[str, str, str]]) -> None:
    """A step that something waits for isn't taken; a verb takes the paper behind it; fields may stand behind 'in' and 'for'."""
    assert sorted(treaties(body)) == expected


def test_an_abbreviation_in_brackets_is_no_second_treaty() -> None:
    """'(EPCA)' is the name before it."""
    body = "Kyrgyzstan and the European Union signed the Enhanced Partnership and Cooperation Agreement (EPCA)."
    assert [f.name for f in facts(body, TreatyFact)] == ["Enhanced Partnership and Cooperation Agreement"]


def test_every_fact_cites_its_sentence() -> None:
    """Evidence and spans stand where they say."""
    text = LEAD + "Kazakhstan and Uzbekistan signed an agreement on the use of water. Trade between the two came to $4 billion in 2024."
    article = article_from_text(text, id="x")
    for fact in extract(article, KNOWLEDGE).facts:
        for evidence in fact.evidence:
            assert article.text[evidence.start : evidence.end] == evidence.quote
        for span in fact.spans:
            assert any(e.start <= span.start < span.end <= e.end for e in fact.evidence)


def test_no_paper_is_dated_by_what_its_name_tells() -> None:
    """Neither the years that a programme is for nor a year to come say when it was signed."""
    for body in ("Kazakhstan and Uzbekistan signed a cooperation programme for 2024.", "The presidents of Kazakhstan and Uzbekistan signed the 2040 joint development concept.",
                 "Kazakhstan and Uzbekistan signed a 2025 cooperation programme."):  # fmt: skip
        found = [f for f in facts(body, TreatyFact) if isinstance(f, TreatyFact)]
        assert [(f.status, f.date) for f in found] == [("signed", None)], body
    dated = facts("Kazakhstan and Uzbekistan signed an agreement on transit in May 2024.", TreatyFact)
    assert [f.date for f in dated if isinstance(f, TreatyFact)] == ["2024-05"]
