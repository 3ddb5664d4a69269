"""What a text denies, cancels, puts off, supposes, wishes or alleges is kept apart, in sentences of our own."""

from __future__ import annotations

import pytest

from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import ArticleFacts, EventFact
from relgraph.read.text import article_from_text

KNOWLEDGE = load_knowledge()
LEAD = "News of the day\nASTANA, 6 August 2025 (Agency)\n\n"


def read(body: str) -> ArticleFacts:
    return extract(article_from_text(LEAD + body, id="x"), KNOWLEDGE)


# Cases that the rules were made to read.
THIRD = [
    ("Bishkek has rejected claims that President Sadyr Japarov telephoned President Emomali Rahmon.", "phone call", "denied"),
    ("Contrary to press reports, President Sadyr Japarov and President Emomali Rahmon held no talks in Moscow.", "meeting", "denied"),
    ("No agreement on water was signed by Kazakhstan and Uzbekistan in Tashkent.", "signing", "denied"),
    ("The spokesman said that no meeting between President Sadyr Japarov and President Emomali Rahmon was planned.", "meeting", "denied"),
    ("President Shavkat Mirziyoyev will not travel to Bishkek next week.", "visit", "denied"),
    ("President Shavkat Mirziyoyev cut short preparations and cancelled his trip to Bishkek.", "visit", "cancelled"),
    ("A summit of Kazakhstan, Uzbekistan and Kyrgyzstan in Tashkent has been called off because of the epidemic.", "summit", "cancelled"),
    ("The joint exercises of Uzbekistan and Tajikistan near Termez will not go ahead.", "exercise", "cancelled"),
    ("The signing of an agreement on water between Kazakhstan and Uzbekistan has been delayed until December.", "signing", "postponed"),
    ("President Emomali Rahmon asked to move his visit to Kazakhstan to a later date.", "visit", "postponed"),
    ("The opening of the Kazakh consulate in Osh was rescheduled for spring.", "opening", "postponed"),
    ("It is not ruled out that President Sadyr Japarov will meet President Emomali Rahmon in Batken.", "meeting", "hypothetical"),
    ("Should Kazakhstan and Uzbekistan sign an agreement on water, the reservoirs will fill up.", "signing", "hypothetical"),
    ("A telephone call between President Kassym-Jomart Tokayev and President Emomali Rahmon is possible this week.", "phone call", "hypothetical"),
    ("Provided that the border is quiet, President Sadyr Japarov will visit Tajikistan.", "visit", "hypothetical"),
    ("President Emomali Rahmon said he would be glad to welcome President Sadyr Japarov in Dushanbe on an official visit.", "visit", "wished"),
    ("Analysts say that President Sadyr Japarov ought to meet President Emomali Rahmon.", "meeting", "wished"),
    ("Tajikistan suggested that Uzbekistan sign a protocol on the border.", "signing", "wished"),
    ("According to unconfirmed reports, Tajik soldiers shelled a Kyrgyz village near Batken on Tuesday.", "incident", "alleged"),
    ("Dushanbe charges Kyrgyz soldiers with having fired on Tajik border guards near Batken on Tuesday.", "incident", "alleged"),
]

# Written after them, and read before they were touched again.
FOURTH = [
    ("Astana dismissed reports that President Kassym-Jomart Tokayev had met President Emomali Rahmon in Geneva.", "meeting", "denied"),
    ("There were no talks between President Sadyr Japarov and President Shavkat Mirziyoyev in Osh.", "meeting", "denied"),
    ("The two presidents did not speak by telephone, the office of President Sadyr Japarov said after talk of a call with President Emomali Rahmon.", "phone call", "denied"),
    ("Kyrgyzstan and Tajikistan have yet to sign a treaty on the border.", "signing", "denied"),
    ("President Emomali Rahmon won't visit Kazakhstan this spring.", "visit", "denied"),
    ("The trip of President Sadyr Japarov to Uzbekistan was scrapped at the last minute.", "visit", "cancelled"),
    ("Uzbekistan and Kyrgyzstan called off the joint exercises that were to begin near Osh on Monday.", "exercise", "cancelled"),
    ("The meeting of President Sadyr Japarov and President Emomali Rahmon in Isfara will not go ahead.", "meeting", "cancelled"),
    ("Kazakhstan and Kyrgyzstan put off signing an agreement on transit until autumn.", "signing", "postponed"),
    ("The summit of Kazakhstan, Kyrgyzstan and Uzbekistan in Samarkand was adjourned until November.", "summit", "postponed"),
    ("President Shavkat Mirziyoyev has delayed his visit to Kyrgyzstan.", "visit", "postponed"),
    ("A meeting of President Sadyr Japarov with President Emomali Rahmon in Khujand is being considered.", "meeting", "hypothetical"),
    ("If the weather allows, President Kassym-Jomart Tokayev will fly to Bishkek on Sunday.", "visit", "hypothetical"),
    ("Perhaps President Shavkat Mirziyoyev will telephone President Sadyr Japarov.", "phone call", "hypothetical"),
    ("Uzbekistan and Tajikistan might hold joint exercises near Termez.", "exercise", "hypothetical"),
    ("President Sadyr Japarov expressed the hope that President Emomali Rahmon would visit Kyrgyzstan.", "visit", "wished"),
    ("Kazakhstan called on Kyrgyzstan and Tajikistan to sign a treaty on the border.", "signing", "wished"),
    ("President Emomali Rahmon is eager to meet President Sadyr Japarov.", "meeting", "wished"),
    ("Bishkek alleges that Tajik soldiers attacked a Kyrgyz village near Batken on Tuesday.", "incident", "alleged"),
    ("President Shavkat Mirziyoyev is said to have met President Sadyr Japarov in Osh.", "meeting", "alleged"),
]

# Written last of all.
FIFTH = [
    ("The press service denied rumours of a meeting between President Sadyr Japarov and President Emomali Rahmon.", "meeting", "denied"),
    ("No telephone call took place between President Kassym-Jomart Tokayev and President Emomali Rahmon, the spokesman said.", "phone call", "denied"),
    ("President Sadyr Japarov is not going to visit Tajikistan, his office said.", "visit", "denied"),
    ("Uzbekistan and Tajikistan failed to agree and did not sign a protocol on the border.", "signing", "denied"),
    ("It is untrue that Kyrgyz soldiers attacked Tajik border guards near Isfara on Tuesday.", "incident", "denied"),
    ("The visit of President Emomali Rahmon to Kazakhstan has been called off for health reasons.", "visit", "cancelled"),
    ("President Sadyr Japarov backed out of a meeting with President Emomali Rahmon in Moscow.", "meeting", "cancelled"),
    ("The signing of an agreement on water between Kazakhstan, Kyrgyzstan and Uzbekistan was cancelled.", "signing", "cancelled"),
    ("The talks between President Sadyr Japarov and President Emomali Rahmon have been put on hold.", "meeting", "postponed"),
    ("Uzbekistan and Kyrgyzstan deferred their joint exercises near Osh until summer.", "exercise", "postponed"),
    ("The telephone conversation between President Sadyr Japarov and President Emomali Rahmon was moved to a later date.", "phone call", "postponed"),
    ("President Shavkat Mirziyoyev is considering whether to visit Kyrgyzstan.", "visit", "hypothetical"),
    ("It is possible that President Sadyr Japarov will meet President Emomali Rahmon in Sochi.", "meeting", "hypothetical"),
    ("Unless Kazakhstan and Kyrgyzstan sign an agreement on transit, the lorries will stay where they are.", "signing", "hypothetical"),
    ("Maybe President Emomali Rahmon will congratulate President Sadyr Japarov.", "message", "hypothetical"),
    ("President Kassym-Jomart Tokayev proposed that Kyrgyzstan and Tajikistan sign a treaty on the border.", "signing", "wished"),
    ("President Sadyr Japarov is looking forward to meeting President Shavkat Mirziyoyev in Osh.", "meeting", "wished"),
    ("Tajikistan demanded that Kyrgyzstan sign a protocol on the border.", "signing", "wished"),
    ("Dushanbe accuses Kyrgyz troops of having shelled a Tajik village near Isfara on Tuesday.", "incident", "alleged"),
    ("According to rumours, President Sadyr Japarov met President Emomali Rahmon in Sochi.", "meeting", "alleged"),
]
# A fourth set, read blind at twenty right.
SIXTH = [
    ("Rumours that President Sadyr Japarov had met President Emomali Rahmon in Sochi were dismissed as untrue: they did not meet.", "meeting", "denied"),
    ("President Kassym-Jomart Tokayev refused to meet President Emomali Rahmon.", "meeting", "denied"),
    ("President Shavkat Mirziyoyev did not congratulate President Sadyr Japarov.", "message", "denied"),
    ("Kazakhstan and Uzbekistan have never held joint exercises near Termez.", "exercise", "denied"),
    ("President Emomali Rahmon has not visited Kyrgyzstan since 2013.", "visit", "denied"),
    ("President Sadyr Japarov's visit to Uzbekistan was cancelled after the flood.", "visit", "cancelled"),
    ("The telephone conversation between President Sadyr Japarov and President Shavkat Mirziyoyev was called off.", "phone call", "cancelled"),
    ("The ministries scrapped joint exercises of Kazakhstan and Kyrgyzstan planned near Taraz.", "exercise", "cancelled"),
    ("The talks of President Sadyr Japarov and President Emomali Rahmon in Isfara were put off.", "meeting", "postponed"),
    ("Kazakhstan and Kyrgyzstan postponed the signing of an agreement on transit.", "signing", "postponed"),
    ("President Emomali Rahmon's trip to Uzbekistan has been pushed back to October.", "visit", "postponed"),
    ("President Kassym-Jomart Tokayev could meet President Emomali Rahmon in Khujand.", "meeting", "hypothetical"),
    ("It is conceivable that President Shavkat Mirziyoyev will visit Kyrgyzstan this year.", "visit", "hypothetical"),
    ("In case of an accident President Sadyr Japarov would telephone President Shavkat Mirziyoyev.", "phone call", "hypothetical"),
    ("If Kazakhstan and Uzbekistan signed an agreement on water, farmers would be glad.", "signing", "hypothetical"),
    ("President Sadyr Japarov wants to visit Kazakhstan.", "visit", "wished"),
    ("President Emomali Rahmon invited President Shavkat Mirziyoyev to visit Tajikistan.", "visit", "wished"),
    ("Uzbekistan is ready to sign an agreement on gas with Kazakhstan.", "signing", "wished"),
    ("Kyrgyzstan accused Tajik troops of shelling a village near Batken on Tuesday.", "incident", "alleged"),
    ("Unconfirmed reports say that President Sadyr Japarov met President Emomali Rahmon in Sochi.", "meeting", "alleged"),
]


ASSERTED = [
    ("No fewer than 300 guests came when President Kassym-Jomart Tokayev met President Sadyr Japarov in Osh.", "meeting"),
    ("President Kassym-Jomart Tokayev met President Sadyr Japarov without an interpreter.", "meeting"),
    ("President Kassym-Jomart Tokayev met President Sadyr Japarov and demanded better roads.", "meeting"),
    ("Kazakhstan and Uzbekistan signed an agreement on water that had been delayed for years.", "signing"),
    ("President Kassym-Jomart Tokayev visited Tajikistan, provided aid and opened a school.", "visit"),
    ("There is no doubt that President Kassym-Jomart Tokayev met President Sadyr Japarov.", "meeting"),
    ("President Kassym-Jomart Tokayev met President Sadyr Japarov, who would like to build a railway.", "meeting"),
    ("President Kassym-Jomart Tokayev and President Sadyr Japarov, the prospects of trade in mind, met in Osh.", "meeting"),
]


@pytest.mark.parametrize(("cases", "least"), [(THIRD, 18), (FOURTH, 18), (FIFTH, 17), (SIXTH, 20)], ids=["third", "fourth", "fifth", "sixth"])
def test_what_is_not_asserted(cases: list[tuple[str, str, str]], least: int) -> None:
    """Nearly all are kept apart with their modality, and none is told as a fact."""
    right = 0
    for body, kind, modality in cases:
        found = read(body)
        assert kind not in {f.kind for f in found.facts if isinstance(f, EventFact)}, body
        right += (kind, modality) in {(f.kind, f.modality) for f in found.unasserted if isinstance(f, EventFact)}
    assert right >= least


@pytest.mark.parametrize(("body", "kind"), ASSERTED)
def test_what_is_asserted_all_the_same(body: str, kind: str) -> None:
    """Words of doubt about something else leave the event alone."""
    assert kind in {f.kind for f in read(body).facts if isinstance(f, EventFact)}
