"""Start, search, steps around, paths, what is shared, expanding: what a user does changes what is drawn."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from relgraph.show import page_html
from relgraph.show.projection import Edge, Node

from .conftest import Opener, Watched
from .story import BANK, COUNCIL, IT, KG, KZ, MEETING, RAHMON, TJ, TOKAYEV, TREATY, UZ, story

pytestmark = pytest.mark.browser

START = {TJ, KZ, KG, UZ, IT, RAHMON, COUNCIL}


def drawn(seen: Watched) -> set[str]:
    return set(seen.page.evaluate("relgraph.drawn().nodes"))


def heading(seen: Watched) -> str:
    return seen.page.locator("#panel-title").inner_text()


def test_start_draws_states_and_says_what_is_left_out(opened: Opener, story_page: str) -> None:
    """The first picture holds the states and what stands between them; the number of the rest and the reasons are in words."""
    seen = opened(story_page)
    assert drawn(seen) == START
    said = seen.page.locator("#drawn").inner_text()
    assert said.startswith("7 of 11 nodes drawn.")
    assert "1 of a kind that is switched off" in said
    assert "3 beyond the first picture" in said
    assert {"Tajikistan", "Kazakhstan", "Kyrgyzstan", "Uzbekistan", "Italy"} <= {line for label in seen.page.evaluate("relgraph.labels()") for line in label["lines"]}


def test_width_follows_occurrences_and_independent_sources(opened: Opener, story_page: str) -> None:
    """Three reports of one meeting, one of them a reprint, count as one occurrence and two sources; a denied statement draws no line."""
    seen = opened(story_page)
    strong, weak = (seen.page.evaluate("(id) => relgraph.lineOf(id)", f"{KZ}|pair|{other}") for other in (TJ, UZ))
    assert (strong["facts"], strong["occurrences"], strong["sources"], strong["conflicts"]) == (5, 3, 2, True)
    assert strong["width"] > weak["width"]
    assert f"{TJ}|pair|{UZ}" not in seen.page.evaluate("relgraph.drawn().edges")


def test_expanding_a_person_a_pair_and_a_body(opened: Opener, story_page: str) -> None:
    """Each draws what it is connected with and nothing else."""
    seen = opened(f"{story_page}#node={RAHMON}")
    seen.page.locator("#expand").click()
    assert drawn(seen) == START | {TOKAYEV, MEETING}
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{UZ}")
    seen.page.locator("#expand-pair").click()
    assert drawn(seen) == START | {BANK}
    seen = opened(f"{story_page}#node={COUNCIL}&kinds=body")
    assert drawn(seen) == {COUNCIL}
    seen.page.locator("#expand").click()
    assert {TJ, KG} <= drawn(seen)


def test_draw_everything_and_start_again(opened: Opener, story_page: str) -> None:
    """One button draws all, another returns to the first picture."""
    seen = opened(story_page)
    seen.page.locator("#everything").click()
    assert len(drawn(seen)) == 11
    assert seen.page.locator("#drawn").inner_text() == "11 of 11 nodes drawn."
    seen.page.locator("#reset").click()
    assert drawn(seen) == START


def test_at_most_1500_are_drawn_unless_all_are_asked_for(opened: Opener, tmp_path: Path) -> None:
    """Of 1,711 names the button draws 1,500, those drawn at first among them, and says how many are left out and why; with draw_all each is drawn from the start."""
    small = story()
    first = len(small.nodes)
    more = tuple(Node(id=f"treaty/x-{n}", iri=f"https://w3id.org/relgraph/id/treaty/x-{n}", kind="treaty", label=f"Treaty {n}", facts=(8,)) for n in range(1700))
    lines = tuple(Edge(id=f"{IT}|party to|treaty/x-{n}", source=4, target=first + n, kind="party to", standing="stated", facts=(8,)) for n in range(1700))
    large = msgspec.structs.replace(small, nodes=(*small.nodes, *more), edges=(*small.edges, *lines))
    for draw_all in (False, True):
        (tmp_path / f"{draw_all}.html").write_text(page_html(large, title="large", draw_all=draw_all), "utf-8")
    seen = opened((tmp_path / "False.html").as_uri())
    assert drawn(seen) == START
    seen.page.locator("#everything").click()
    assert len(drawn(seen)) == 1500
    assert drawn(seen) >= START
    assert seen.page.locator("#drawn").inner_text() == "1,500 of 1,711 nodes drawn. Not drawn: 211 over what a readable picture holds."
    whole = opened((tmp_path / "True.html").as_uri())
    assert len(drawn(whole)) == 1711


def test_reduced_motion_moves_at_once(opened: Opener, story_page: str) -> None:
    """Who asked for calm sees the picture jump to its place; others see it move there."""
    moved = {}
    for motion in ("reduce", "no-preference"):
        seen = opened(story_page, reduced_motion=motion)
        moved[motion] = seen.page.evaluate(
            "async () => { const far = () => relgraph.scale().network; document.getElementById('zoom-in').click(); const start = far(); document.getElementById('zoom-fit').click(); await new Promise(requestAnimationFrame); const soon = far();"
            " await new Promise((later) => setTimeout(later, 1500)); return [start === soon, Math.abs(soon - far()) < 1e-6]; }"
        )
    assert moved["reduce"] == [False, True]
    assert moved["no-preference"][1] is False


@pytest.mark.parametrize(("typed", "name"), [("rahm", "Emomali Rahmon"), ("ТОКАЕВ", "Kassym-Jomart Tokayev"), ("кыргыз", "Kyrgyzstan"), ("uz", "Uzbekistan")])
def test_search_completes_in_latin_and_cyrillic(opened: Opener, story_page: str, typed: str, name: str) -> None:
    """Names, aliases and codes are completed in both alphabets; Enter takes the first and shows it."""
    seen = opened(story_page)
    seen.page.keyboard.press("/")
    seen.page.keyboard.type(typed)
    assert name in seen.page.locator("#search-results li").first.inner_text()
    assert seen.page.locator("#search").get_attribute("aria-expanded") == "true"
    seen.page.keyboard.press("Enter")
    assert heading(seen) == name
    assert seen.page.evaluate("relgraph.state.selected.node") in drawn(seen)


def test_search_says_when_nothing_has_such_a_name(opened: Opener, story_page: str) -> None:
    """No silent failure."""
    seen = opened(story_page)
    seen.page.fill("#search", "zzz")
    assert seen.page.locator("#search-results").inner_text() == "Nothing in this graph has such a name."


def test_steps_around(opened: Opener, story_page: str) -> None:
    """One, two and three steps around Italy, and back."""
    seen = opened(f"{story_page}#node={IT}&kinds=state,treaty,organisation")
    grown = []
    for hops in (1, 2, 3):
        seen.page.locator(f'[data-hops="{hops}"]').click()
        grown.append(drawn(seen))
        assert seen.page.locator(f'[data-hops="{hops}"]').get_attribute("aria-pressed") == "true"
    assert grown[0] == {IT, KZ, TREATY}
    assert grown[1] == {IT, KZ, TREATY, TJ, KG, UZ, BANK}
    assert grown[0] < grown[1] <= grown[2]
    seen.page.locator("#widen").click()
    assert drawn(seen) == {IT, KZ, TJ, KG, UZ}


def test_a_narrowed_view_counts_its_own(opened: Opener, story_page: str) -> None:
    """The panel's overview speaks of what lies around a node: its facts, its articles, its relations; the whole graph has more."""
    whole = opened(story_page).page
    assert whole.locator("#panel .summary").inner_text() == "11 facts · 5 articles · 2021 – 2025"
    assert whole.locator("#beyond").inner_text() == "and 2 more that rules infer or the reference data says"
    assert whole.locator("#count").inner_text() == "13"
    seen = opened(f"{story_page}#around={IT}&hops=1")
    assert seen.page.locator("#panel .ranking button").all_inner_texts() == ["Italy – Kazakhstan\n1 occurrence · 1 source"]
    assert seen.page.locator("#panel .summary").inner_text() == "1 fact · 1 article · 2025"
    assert seen.page.locator("#count").inner_text() == "1"
    assert seen.page.locator(".conflicts").count() == 0


def test_shortest_paths(opened: Opener, story_page: str) -> None:
    """From Italy to Tajikistan over Kazakhstan; only the path is drawn, and it is told step by step."""
    seen = opened(f"{story_page}#node={IT}&kinds=state,treaty")
    seen.page.fill("#path-to", "Tajik")
    seen.page.press("#path-to", "Enter")
    assert drawn(seen) == {IT, KZ, TJ}
    assert set(seen.page.evaluate("relgraph.drawn().edges")) == {f"{IT}|pair|{KZ}", f"{KZ}|pair|{TJ}"}
    told = seen.page.locator(".narrowed").inner_text()
    assert "One shortest path, of 2 steps." in told
    assert [name.strip() for name in seen.page.locator(".narrowed ol li").first.inner_text().split("→")] == ["Italy", "Kazakhstan", "Tajikistan"]


def test_no_path_is_said(opened: Opener, story_page: str) -> None:
    """A filter that cuts the path is respected."""
    seen = opened(f"{story_page}#path={IT.replace('/', '%2F')},{TJ.replace('/', '%2F')}&types=event&kinds=state")
    assert "No path under these filters." in seen.page.locator(".narrowed").inner_text()


def test_common_neighbours(opened: Opener, story_page: str) -> None:
    """What Kazakhstan and Uzbekistan share, from the pair and from a node."""
    seen = opened(f"{story_page}#edge={KZ}%7Cpair%7C{UZ}")
    seen.page.locator("#common-pair").click()
    assert drawn(seen) == {KZ, UZ, BANK, TJ}
    seen = opened(f"{story_page}#node={KG}&kinds=state,body")
    seen.page.fill("#common-to", "Italy")
    seen.page.press("#common-to", "Enter")
    assert drawn(seen) == {KG, IT, KZ}
    assert "1 common neighbour" in seen.page.locator(".narrowed").inner_text()


def test_double_click_expands(opened: Opener, story_page: str) -> None:
    """The drawing itself can be worked."""
    seen = opened(story_page)
    place = seen.page.evaluate("(id) => relgraph.placeOf(id)", RAHMON)
    seen.page.mouse.dblclick(place["x"], place["y"])
    seen.page.wait_for_function("relgraph.drawn().nodes.length > 7")
    assert TOKAYEV in drawn(seen)


def test_a_node_can_be_dragged(opened: Opener, story_page: str) -> None:
    """A node follows the pointer; its line ends where it stands now."""
    seen = opened(story_page)
    old = seen.page.evaluate("(id) => relgraph.placeOf(id)", IT)
    seen.page.mouse.move(old["x"], old["y"])
    seen.page.mouse.down()
    seen.page.mouse.move(old["x"] + 60, old["y"] - 90, steps=4)
    seen.page.mouse.up()
    new = seen.page.evaluate("(id) => relgraph.placeOf(id)", IT)
    assert (round(new["x"] - old["x"]), round(new["y"] - old["y"])) == (60, -90)
