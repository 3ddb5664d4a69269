"""Step 3: who holds which office, what a place is, which pair a sentence is about. The sentences are our own."""

import pytest

from relgraph.knowledge import load_knowledge
from relgraph.model import OfficeFact
from relgraph.read.text import article_from_text
from relgraph.recognise import recognise
from relgraph.relate import relate
from relgraph.resolve import Resolved, resolve


def resolved(body: str, head: str = "News of the day\nGENEVA, 5 May 2023 (Wire)") -> Resolved:
    article = article_from_text(f"{head}\n\n{body}", id="x")
    knowledge = load_knowledge()
    return resolve(article, recognise(article, knowledge), knowledge)


def titles(body: str, head: str = "News of the day\nGENEVA, 5 May 2023 (Wire)") -> set[tuple[str, str, str | None]]:
    return {(t.person, t.office, t.of) for t in resolved(body, head).titles}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kazakhstan's Deputy Prime Minister and Energy Minister Arman Bolatov came.",
         {("Arman Bolatov", "deputy prime minister", "Kazakhstan"), ("Arman Bolatov", "energy minister", "Kazakhstan")}),
        ("Energy Minister Arman Bolatov of Kazakhstan came.", {("Arman Bolatov", "energy minister", "Kazakhstan")}),
        ("Arman Bolatov, who heads the State Agency for Water of Kazakhstan, came.", {("Arman Bolatov", "head of state agency for water", "Kazakhstan")}),
        ("Arman Bolatov, number two at the Kazakh foreign ministry, came.", {("Arman Bolatov", "deputy foreign minister", "Kazakhstan")}),
        ("Arman Bolatov, an adviser of the Kazakh president, came.", {("Arman Bolatov", "adviser to the president", "Kazakhstan")}),
        ("Arman Bolatov, president of Altynwerk, came.", {("Arman Bolatov", "president", "Altynwerk")}),
        ("Arman Bolatov, who heads the board of Altynwerk, came.", {("Arman Bolatov", "chairman of the board", "Altynwerk")}),
        ("Arman Bolatov, who speaks for the Uzbek foreign ministry, came.", {("Arman Bolatov", "spokesman", "Uzbekistan")}),
        ("Arman Bolatov, first deputy of the prime minister of Uzbekistan, came.", {("Arman Bolatov", "first deputy prime minister", "Uzbekistan")}),
        ("Arman Bolatov, the Uzbek finance minister who is also deputy premier, came.",
         {("Arman Bolatov", "finance minister", "Uzbekistan"), ("Arman Bolatov", "deputy prime minister", "Uzbekistan")}),
        ("Lidia Petrova, deputy speaker in Moscow, came.", {("Lidia Petrova", "deputy speaker", "Russia")}),
        ("The health ministers of Latvia and Nepal, Janis Kalninsh and Ram Thapaliya, met.",
         {("Janis Kalninsh", "health minister", "Latvia"), ("Ram Thapaliya", "health minister", "Nepal")}),
        ("Trade ministers Janis Kalninsh of Latvia and Ram Thapaliya of Nepal met.",
         {("Janis Kalninsh", "trade minister", "Latvia"), ("Ram Thapaliya", "trade minister", "Nepal")}),
        ("Kenyan Trade Minister Peter Wanjala met his Ghanaian counterpart, Kofi Agyeman.",
         {("Peter Wanjala", "trade minister", "Kenya"), ("Kofi Agyeman", "trade minister", "Ghana")}),
        ("Kenyan Trade Minister Peter Wanjala met Kofi Agyeman, who holds the same post in Ghana.",
         {("Peter Wanjala", "trade minister", "Kenya"), ("Kofi Agyeman", "trade minister", "Ghana")}),
        ("The delegation from Minsk includes Deputy Prime Minister Pavel Ryzhik.", {("Pavel Ryzhik", "deputy prime minister", "Belarus")}),
        ("The Kenyan and Nepalese foreign ministers Peter Wanjala and Ram Thapaliya met.",
         {("Peter Wanjala", "foreign minister", "Kenya"), ("Ram Thapaliya", "foreign minister", "Nepal")}),
        ("Peter Wanjala, head of the State Committee for National Security of Kenya, came.", {("Peter Wanjala", "head of state committee for national security", "Kenya")}),
        ("Peter Wanjala, chairman of the Cabinet of Ministers of Kenya, met Ram Thapaliya.", {("Peter Wanjala", "chairman of the cabinet of ministers", "Kenya")}),
        ("The ambassador of Latvia to Nepal Janis Kalninsh came.", {("Janis Kalninsh", "ambassador", "Latvia")}),
        ("Latvia's ambassador in Astana, Janis Kalninsh, came.", {("Janis Kalninsh", "ambassador", "Latvia")}),
        ("The Latvian ambassador to the country Janis Kalninsh came.", {("Janis Kalninsh", "ambassador", "Latvia")}),
        ("Chairman of the State Committee for Water of Latvia (SCW) Janis Kalninsh came.", {("Janis Kalninsh", "chairman of state committee for water", "Latvia")}),
        ("The Latvian Minister of Public Security Janis Kalninsh came.", {("Janis Kalninsh", "minister of public security", "Latvia")}),
        ("Latvian Land Minister Janis Kalninsh came.", {("Janis Kalninsh", "land minister", "Latvia")}),
        ("Janis Kalninsh, governor of Batken, came.", {("Janis Kalninsh", "governor of batken", "Kyrgyzstan")}),
        ("The Batken governor Janis Kalninsh came.", {("Janis Kalninsh", "governor of batken", "Kyrgyzstan")}),
        ("Latvian intelligence chief Janis Kalninsh came.", {("Janis Kalninsh", "intelligence chief", "Latvia")}),
        ("Latvian Energy Minister Janis Kalninsh met Ram Thapaliya, his Nepalese counterpart.",
         {("Janis Kalninsh", "energy minister", "Latvia"), ("Ram Thapaliya", "energy minister", "Nepal")}),
        ("The deputy foreign ministers of Latvia and Nepal came. They are Janis Kalninsh of Latvia and Ram Thapaliya of Nepal.",
         {("Janis Kalninsh", "deputy foreign minister", "Latvia"), ("Ram Thapaliya", "deputy foreign minister", "Nepal")}),
        ("Latvian Deputy Foreign Minister for Economic Diplomacy Janis Kalninsh came.", {("Janis Kalninsh", "deputy foreign minister", "Latvia")}),
        ("Janis Kalninsh, the general director of the Agency for Transport under the Cabinet of Ministers of Latvia, came.", {("Janis Kalninsh", "general director of agency for transport", "Latvia")}),
        ("It is the meeting that Janis Kalninsh of Latvia will chair.", set()),
        ("The Latvians were represented by Energy Minister Janis Kalninsh.", {("Janis Kalninsh", "energy minister", "Latvia")}),
        ("Former Energy Minister of Kazakhstan Arman Bolatov wrote a book.", set()),
        ("The Asian Development Bank lends again. It sent Ram Thapaliya, a vice-president of the bank.", {("Ram Thapaliya", "vice president", "Asian Development Bank")}),
        ("The Asian Development Bank lends again. Ram Thapaliya, the bank's director general, came.", {("Ram Thapaliya", "director-general", "Asian Development Bank")}),
        ("The Caspian Shipping Company was there. Its director, Ram Thapaliya, spoke.", {("Ram Thapaliya", "head", "Caspian Shipping Company")}),
        ("Ram Thapaliya, who represents Nepal in Astana, came.", {("Ram Thapaliya", "ambassador", "Nepal")}),
        ("Nepal has been represented in Astana by Ram Thapaliya since March.", {("Ram Thapaliya", "ambassador", "Nepal")}),
        ("Ram Thapaliya represented Nepal at the talks.", set()),
        ("Ram Thapaliya, who runs the Nepalese embassy as charge d'affaires, came.", {("Ram Thapaliya", "charge d'affaires", "Nepal")}),
        ("Nepalese Energy Minister Ram Thapaliya spoke. His predecessor, Kiran Adhikari, listened.",
         {("Ram Thapaliya", "energy minister", "Nepal"), ("Kiran Adhikari", "energy minister", "Nepal")}),
        ("NATO is glad. Secretary-General Janis Kalninsh came to Astana.", {("Janis Kalninsh", "secretary-general", "NATO")}),
        ("Secretary-General Janis Kalninsh came to Astana.", {("Janis Kalninsh", "secretary-general", None)}),
        ("Ram Thapaliya, who runs Marupe, spoke.", {("Ram Thapaliya", "head", "Marupe")}),
        ("Marupe's president, Janis Kalninsh, spoke.", {("Janis Kalninsh", "president", "Marupe")}),
        ("Janis Kalninsh, director general of the Abu Dhabi Fund for Development, spoke.", {("Janis Kalninsh", "director-general", "Abu Dhabi Fund for Development")}),
        ("Janis Kalninsh, governor of Sughd, came.", {("Janis Kalninsh", "governor of sughd", "Tajikistan")}),
        ("Janis Kalninsh, who is in charge of energy, came.", {("Janis Kalninsh", "minister of energy", None)}),
        ("Nepalese Energy Minister Ram Thapaliya met his colleague from Riga, Janis Kalninsh.", {("Ram Thapaliya", "energy minister", "Nepal"), ("Janis Kalninsh", "energy minister", "Latvia")}),
        ("The speaker of the Latvian parliament, Janis Kalninsh, came.", {("Janis Kalninsh", "speaker", "Latvia")}),
        ("The Latvian minister of defence Janis Kalninsh met. Nepal and Latvia trade. The defence ministers, Ram Thapaliya and Janis Kalninsh, came.",
         {("Janis Kalninsh", "defence minister", "Latvia"), ("Ram Thapaliya", "defence minister", "Nepal")}),
        ("Nepal and Latvia are at odds. In Kathmandu Ambassador Janis Kalninsh had to come to the ministry.", {("Janis Kalninsh", "ambassador", "Latvia")}),
    ],
)  # fmt: skip
def test_titles(sentence: str, expected: set[tuple[str, str, str | None]]) -> None:
    """Persons in no list get their offices from what stands beside their names."""
    assert titles(sentence) == expected


def test_offices_of_other_days() -> None:
    """Who is out of office by now held it at the day that his sentence names; a president who has left is still called so."""
    article = article_from_text("News\nGENEVA, 5 May 2023 (Wire)\n\nIn May 2011 Hamid Karzai came to Astana. Islam Karimov did not. In April 2014 David Cameron came.", id="x")
    knowledge = load_knowledge()
    facts = relate(article, resolve(article, recognise(article, knowledge), knowledge), knowledge).facts
    assert {(f.person, f.office) for f in facts if isinstance(f, OfficeFact)} == {("Hamid Karzai", "president"), ("Islam Karimov", "president"), ("David Cameron", "prime minister")}


@pytest.mark.parametrize(("name", "state"), [("Ilyas Bozorov", "Uzbekistan"), ("Hans Gruber", "Germany")])
def test_the_state_that_a_name_is_from(name: str, state: str) -> None:
    """Between two sides of an article an ending tells whose an official is, whatever the dateline says."""
    assert (name, "energy minister", state) in titles(f"The talks went well. Energy Minister {name} signed.", "Germany and Uzbekistan\nBERLIN, 5 May 2023 (Wire)\n\nGermany and Uzbekistan trade.")
    assert (name, "energy minister", state) in titles(f"The talks went well. Energy Minister {name} signed.", "Germany and Uzbekistan\nTASHKENT, 5 May 2023 (Wire)\n\nGermany and Uzbekistan trade.")


def test_one_person_in_two_spellings() -> None:
    """A stranger whose name is spelled otherwise later on is the same one."""
    found = titles("Latvian Energy Minister Arslan Dzhumaliyev came. Minister of Energy of Latvia Arslan Jumaliev spoke.")
    assert {person for person, _, _ in found} == {"Arslan Dzhumaliyev"}


def test_officials_of_the_publishers_country() -> None:
    """An agency names the officials of its own country without the state; a chairman of nothing known stays unplaced."""
    head = "News of the day\nASTANA, 5 May 2023 (Kazinform)"
    assert ("Arman Bolatov", "energy minister", "Kazakhstan") in titles("Energy Minister Arman Bolatov spoke. Kazakhstan will export more.", head)
    assert {of for _, _, of in titles("Chairman Arman Bolatov spoke. Kazakhstan will export more.", head)} <= {None}


def test_capitals_are_states_or_places() -> None:
    """'Astana agreed' is the state; 'arrived in Astana' a place, as is 'the Kazakh capital'."""
    acts, arrives, capital = (resolved(s).views[1] for s in ("Astana agreed with Tashkent.", "The guests arrived in Astana.", "The guests were in the Kazakh capital."))
    assert [p.name for p in acts.parties] == ["Kazakhstan", "Uzbekistan"]
    assert arrives.parties == []
    assert [(p.name, p.state) for p in capital.places] == [("Astana", "Kazakhstan")]


def test_a_state_that_only_says_where_a_medium_is_from() -> None:
    """'Nepal's Ruxo-Info news agency' is a source, not a side; a side and an agency parted by a comma stay apart."""
    source, side = (resolved(s).views[1] for s in ("Nepal's Ruxo-Info news agency wrote that Latvia and Ghana agreed.", "Latvia and Nepal, news agency Ruxo-Info wrote, agreed."))
    assert [p.name for p in source.parties] == ["Latvia", "Ghana"]
    assert [p.name for p in side.parties] == ["Latvia", "Nepal"]


def test_namesakes() -> None:
    """A surname alone is the foremost holder at the date; the article's own person goes before."""
    assert [p.name for p in resolved("Berdimuhamedov spoke in the hall.").views[1].parties] == ["Serdar Berdimuhamedow"]
    older = resolved("Gurbanguly Berdimuhamedov came. Berdimuhamedov spoke in the hall.").views[2]
    assert [p.name for p in older.parties] == ["Gurbanguly Berdimuhamedow"]


@pytest.mark.parametrize(
    ("sentence", "focus"),
    [
        ("Latvia and Nepal agreed on trade.", ("Latvia", "Nepal")),
        ("Latvia, Nepal and Ghana agreed on trade.", ("Ghana", "Latvia", "Nepal")),
        ("Latvia and Nepal signed it in Istanbul, Turkey.", ("Latvia", "Nepal")),
        ("Latvia spoke with Nepal about the Afghan border.", ("Latvia", "Nepal")),
        ("China met the Central Asian states.", ("China", "Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")),
    ],
)
def test_focus(sentence: str, focus: tuple[str, ...]) -> None:
    """Two sides are a pair, a list is a group, a region stands for its states; where something lies is no side."""
    assert resolved(sentence).views[1].focus == focus


def test_the_pair_is_kept_and_replaced() -> None:
    """'Both sides' keeps the pair; a third side takes the partner's place."""
    views = resolved("Latvia met Nepal. Both sides spoke of trade. Latvia also met Ghana. The two countries want more.").views
    assert [v.focus for v in views[1:]] == [("Latvia", "Nepal"), ("Latvia", "Nepal"), ("Ghana", "Latvia"), ("Ghana", "Latvia")]


def test_unresolved_surnames_are_counted() -> None:
    """A surname that two serving ministers share is not guessed, but counted."""
    found = resolved("Japarov and Stranger spoke.", "News of the day")
    assert [p.name for v in found.views for p in v.parties] == []
    assert found.unresolved == ("Japarov",)


@pytest.mark.parametrize(("day", "name"), [("10 March 2017", "Sirodjidin Aslov"), ("10 March 2023", "Sirojiddin Muhriddin")])
def test_a_person_is_called_by_his_name_of_the_day(day: str, name: str) -> None:
    """Who has changed his name bears the old one in a text from before, however the text spells it."""
    found = resolved("Tajik Foreign Minister Sirojiddin Aslov spoke. Muhriddin left.", f"News of the day\nGENEVA, {day} (Wire)")
    assert {(t.person, t.office) for t in found.titles} == {(name, "foreign minister")}
    assert found.ids[name] == "person:sirojiddin-muhriddin"
