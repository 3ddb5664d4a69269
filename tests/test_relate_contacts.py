"""Contacts told in other words: who met, called on or came to whom, and what only looks like it. Sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
HEAD = "News of the day\n{place}, 6 August 2025 (Agency)\n\n"
T, M, J, R, P = "Kassym-Jomart Tokayev", "Shavkat Mirziyoyev", "Sadyr Japarov", "Emomali Rahmon", "Vladimir Putin"


def contacts(body: str, place: str = "ASTANA") -> set[str]:
    """'kind: people' or 'kind: visitor > host' of each event of a text."""
    head = HEAD.format(place=place) if place else HEAD.replace("{place}, ", "")
    facts = extract(article_from_text(head + body, id="x"), KNOWLEDGE).facts
    return {f"{f.kind}: " + (" & ".join(sorted(f.participants)) or f"{' & '.join(f.visitor)} > {f.host}") for f in facts if isinstance(f, EventFact)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Presidents {T} and {M} met on Tuesday. Kassym-Jomart Tokayev said trade would grow.", f"visit: {M} > Kazakhstan"),
        (f"{T} spoke of it when the two sat together on 5 August, on the second day of a visit by President {J}.", f"meeting: {T} & {J}"),
        (f"The aim of his visit, {T} explained in Dushanbe on 5 August, was trade. {R} had asked him to come. Together they opened the third meeting of the Interstate Council.", f"meeting: {R} & {T}"),
        ("A delegation with Wang Yi, the foreign minister of China, at its head is in Kazakhstan.", "visit: Wang Yi > Kazakhstan"),
        (f"{R} is in Astana with half a cabinet. On 5 August Prime Minister Olzhas Bektenov received them.", f"meeting: {R} & Olzhas Bektenov"),
        ("Energy officials from both states, Kazakhstan and China, spoke. Water officials from both states sat down in Almaty on 5 August.", "meeting: China & Kazakhstan"),
        (f"A journey to Turkmenistan is next. {J} will spend 9 and 10 August there.", f"visit: {J} > Turkmenistan"),
        (f"In Bishkek on 5 August, where {M} attended a concert, the air was clear.", f"visit: {M} > Kyrgyzstan"),
        ("Two commissions wait in Kyrgyzstan, to which Abdulla Aripov, the prime minister of Uzbekistan, is shortly to pay a working visit.", "visit: Abdulla Aripov > Kyrgyzstan"),
        (f"Five weeks on the presidents of Kazakhstan and of Uzbekistan saw each other once more: {T} had asked {M} over for 5 August.", f"meeting: {T} & {M}"),
        (f"On 5 August it was {R} and {J}, both in good spirits, who presided.", f"meeting: {R} & {J}"),
        ("China and Tajikistan trade more than ever. Beijing has given loans to Tajikistan. Earlier in the month Vice Premier Wang Qishan had been in Dushanbe.", "visit: Wang Qishan > Tajikistan"),
        (f"On 5 August {M} was received by {T}, the president, by Erlan Karin, the state counsellor, and by Murat Nurtleu, the foreign minister.", f"meeting: {M} & Murat Nurtleu"),
        (f"In Astana on 5 August the Uzbek president, {M}, found time for his Kyrgyz counterpart. {J} thanked him.", f"meeting: {J} & {M}"),
        (f"In Almaty, {T} and {P} set their names to a treaty on 5 August. On 2 August {P} and {M} and {T} had been at the summit in Bishkek.", f"meeting: {T} & {P}"),
        (f"{P} and {J} met in Bishkek on 5 August. Trade grows. They last saw each other in Moscow in July.", f"visit: {J} > Russia"),
        (f"On 4 August the presidents {R}, {M} and {J} met in Khujand; there they concluded a treaty.", f"signing: {R} & {M} & {J}"),
        ("Peter Szijjarto, Hungary's foreign minister, was in Tashkent on 5 August. His visit led him to President Shavkat Mirziyoyev and to Bakhtiyor Saidov, the foreign minister of Uzbekistan.", "meeting: Bakhtiyor Saidov & Péter Szijjártó"),
        (f"The sixth round brought {J} and {R} together in Osh on 5 August.", f"meeting: {J} & {R}"),
        (f"{J} and {M} met in Tashkent on 5 August, where they talked for hours. They had arranged the trip by telephone the day before.", f"meeting: {J} & {M}"),
        ("On 5 August Sirojiddin Muhriddin was abroad: in Tehran the Tajik minister was received by Masoud Pezeshkian, the president of Iran.", "meeting: Masoud Pezeshkian & Sirojiddin Muhriddin"),
        (f"In Omsk on 5 August {P} met {T} for talks.", f"visit: {T} > Russia"),
    ],
)
def test_contact_is_found(body: str, expected: str) -> None:
    """Each wording tells of the contact."""
    kind, _, people = expected.partition(": ")
    wanted = f"{kind}: {' & '.join(sorted(people.split(' & ')))}" if ">" not in people else expected
    assert wanted in contacts(body)


@pytest.mark.parametrize(
    ("body", "never"),
    [
        (f"On 5 August {T} was in Dushanbe. It was the first journey that a Kazakh prime minister had made there. Olzhas Bektenov, the prime minister of Kazakhstan, hopes for more.", "visit: Olzhas Bektenov > Tajikistan"),
        (f"{M} spent 5 August in Astana. It is the first state visit on which the new head of the Uzbek state has come there. {T} praised Islam Karimov, the late first president of Uzbekistan.", "visit: Islam Karimov"),
        (f"A phone call in June had helped: once President {T} had talked to President {M}, the trucks rolled.", "meeting: "),
        ('"Nobody tells them tomorrow," explained Sergei Prikhodko, an aide to Vladimir Putin.', "meeting: Sergei Prikhodko"),
        ("Belarus was taken in on Monday; India and Pakistan had been let in at another meeting in Astana, in 2017.", "meeting: India & Pakistan"),
        ("Foreign Minister Murat Nurtleu spoke on 5 August. Only the border with China was ready; about those with Uzbekistan and Tajikistan the talks drag on.", "meeting: "),
        ("On 5 August the earth shook, and Prime Minister Abdulla Aripov stayed at home.", "visit: Abdulla Aripov"),
        (f"{P} and {T} sit with Belarus in the Union State, it was said on 5 August.", "meeting: "),
        ("Bishkek and Astana quarrelled. Kyrgyzstan complained: at a session of the WTO's council for trade on 5 August its envoy called the measures of Kazakhstan a breach.", "meeting: "),
        (f"{T} praised the agreements that {M} and {J} reached in Washington on 2 August.", f"visit: {T}"),
        (f"{M} led a group of officials into Almaty on 5 August. Waiting for them was {T}. The parties want to see both of them done.", "meeting: Kazakhstan & Uzbekistan"),
    ],
)
def test_no_contact_is_made_up(body: str, never: str) -> None:
    """What only looks like a contact gives none."""
    assert not [c for c in contacts(body) if c.startswith(never)]


def test_one_who_comes_does_not_come_to_those_beside_him() -> None:
    """Who else comes to a gathering says nothing of where it is."""
    body = f"On 5 August Uzbekistan could welcome everybody. {J} and {R} came in person; Kazakhstan was represented by its foreign minister, Murat Nurtleu."
    assert not [c for c in contacts(body, "") if c.endswith("> Kazakhstan")]


def test_ministers_who_sign_beside_their_presidents() -> None:
    """Ministers who sign what their presidents have talked over are no talk of their own."""
    body = f"{M} received {R} in Tashkent on 5 August. Foreign ministers Bakhtiyor Saidov and Sirojiddin Muhriddin signed a plan of cooperation."
    assert "meeting: Bakhtiyor Saidov & Sirojiddin Muhriddin" not in contacts(body, "TASHKENT")


def test_what_is_the_last_leg_does_not_travel() -> None:
    """'They were the last leg of a tour' says of the tour where it led, not who made it."""
    body = f"{P} spent 5 August among the Uzbeks. He and {M} signed a statement. They were the last leg of a tour that had led him to Turkmenistan."
    assert f"visit: {M} > Turkmenistan" not in contacts(body, "TASHKENT")


def test_guest_who_hopes_has_come() -> None:
    """What a guest wishes for does not make his visit a plan."""
    body = f"{M} and {T} signed a declaration in Astana on 5 August. People might sleep in peace, the visitor said."
    facts = extract(article_from_text(HEAD.format(place="ASTANA") + body, id="x"), KNOWLEDGE).facts
    assert not [f for f in facts if isinstance(f, EventFact) and f.kind == "visit" and f.planned]
