"""What is known beforehand: complete, consistent, quick to load, and exact about what is wrong with an entry."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relgraph.errors import KnowledgeError
from relgraph.knowledge.entities import Organisation, Person, State, Tenure
from relgraph.knowledge.reference import Reference, covers, load_reference
from relgraph.resources import resource


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped reference that a test may break."""
    return Path(shutil.copytree(resource("data", "reference"), tmp_path / "reference"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def problem(folder: Path) -> KnowledgeError:
    with pytest.raises(KnowledgeError) as caught:
        load_reference(folder)
    return caught.value


def line_of(folder: Path, name: str, words: str) -> int:
    return next(i for i, line in enumerate((folder / name).read_text("utf-8").split("\n"), 1) if words in line)


# --- what it holds


def test_holds_all_classes(reference: Reference) -> None:
    """No file was lost on the way in."""
    counts = [len(x) for x in (reference.states, reference.persons, reference.organisations, reference.bodies, reference.treaties, reference.places)]
    assert all(have >= least for have, least in zip(counts, (91, 312, 89, 62, 59, 139), strict=True)), counts


def test_every_entry_has_a_source(reference: Reference) -> None:
    assert not [e.id for e in reference.entities.values() if not e.source]


def test_no_status_of_a_treaty_is_stored(reference: Reference) -> None:
    """The status is what the steps say; a stored one would grow old."""
    assert not [t.id for t in reference.treaties if not t.steps]
    assert "\n  status:" not in resource("data", "reference", "treaties.yaml").read_text("utf-8")


def test_members_of_the_un_are_all_its_members(reference: Reference) -> None:
    un = reference.entities["organisation:un"]
    assert isinstance(un, Organisation)
    members = {m.actor for m in un.memberships if m.kind == "member"}
    assert {"state:kazakhstan", "state:tajikistan", "state:united-states"} <= members
    assert not members & {"state:palestine", "state:holy-see", "state:taiwan", "state:soviet-union", "state:central-asia"}
    assert {m.actor for m in un.memberships if m.kind == "observer"} == {"state:palestine", "state:holy-see"}


def test_country_codes_are_unique_and_present_for_the_region(reference: Reference) -> None:
    for field in ("iso2", "iso3", "cow", "wikidata"):
        values = [getattr(s, field) for s in reference.states if getattr(s, field) is not None]
        assert len(values) == len(set(values)), field
    codes = {s.iso2: s.cow for s in reference.states}
    assert [codes[c] for c in ("TM", "TJ", "KG", "UZ", "KZ")] == [701, 702, 703, 704, 705]


def test_actors_of_all_classes_have_slugs_of_their_own(reference: Reference) -> None:
    """IRIs of relations and memberships are made of slugs without the class."""
    actors = [e.id.split(":")[1] for x in (reference.states, reference.persons, reference.organisations, reference.bodies) for e in x]
    assert len(actors) == len(set(actors))


def test_every_office_is_of_a_known_kind(reference: Reference) -> None:
    assert {t.office for p in reference.persons for t in p.tenures if reference.function_of(t.office) is None} == set()


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("first deputy prime minister", "deputy prime minister"),
        ("Deputy Chairman of the Cabinet of Ministers", "deputy prime minister"),
        ("minister of foreign affairs", "foreign minister"),
        ("minister of energy", "minister"),
        ("secretary-general", "secretary-general"),
        ("vice-president", "vice president"),
        ("president of the Asian Development Bank", "president"),
        ("poet", None),
    ],
)
def test_a_title_tells_its_kind_of_office(reference: Reference, title: str, function: str | None) -> None:
    assert reference.function_of(title) == function


# --- look-ups


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tajikistan", "state:tajikistan"), ("TAJIKISTAN", "state:tajikistan"), ("TJ", "state:tajikistan"), ("tjk", "state:tajikistan"),
        ("Таджикистан", "state:tajikistan"), ("state:tajikistan", "state:tajikistan"), ("tajikistan", "state:tajikistan"),
        ("https://w3id.org/relgraph/id/state/tajikistan", "state:tajikistan"), ("Türkmenistan", "state:turkmenistan"), ("Turkiye", "state:turkey"),
        ("Rahmon", "person:emomali-rahmon"), ("Emomalī Rahmon", "person:emomali-rahmon"), ("Kassym Jomart Tokayev", "person:kassym-jomart-tokayev"),
        ("Zheenbek Kulubaev", "person:jeenbek-kulubaev"), ("ШОС", "organisation:sco"), ("SCO", "organisation:sco"), ("Dushanbe", "place:dushanbe"),
        ("cmhs-central-asia", "body:cmhs-central-asia"),
    ],
)  # fmt: skip
def test_find_knows_a_name_in_every_form(reference: Reference, name: str, expected: str) -> None:
    assert reference.find(name)[0] == expected


def test_find_gives_all_that_an_ambiguous_name_may_mean(reference: Reference) -> None:
    assert {"person:sadyr-japarov", "person:akylbek-japarov"} <= set(reference.find("Japarov"))


@pytest.mark.parametrize("name", ["", " ", "Atlantis", "https://w3id.org/relgraph/id/state/atlantis", "'", "person:"])
def test_find_gives_nothing_for_what_is_unknown(reference: Reference, name: str) -> None:
    assert reference.find(name) == ()


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2018", {"person:nursultan-nazarbayev"}),
        ("2019-03-20", {"person:nursultan-nazarbayev", "person:kassym-jomart-tokayev"}),
        ("2019", {"person:nursultan-nazarbayev", "person:kassym-jomart-tokayev"}),
        ("2019-H2", {"person:kassym-jomart-tokayev"}),
        ("2019-03-21/2019-04", {"person:kassym-jomart-tokayev"}),
        ("1980", set()),
        ("soon", set()),
        (None, set()),
    ],
)
def test_holders_at_a_date_of_any_precision(reference: Reference, date: str | None, expected: set[str]) -> None:
    """A handover day belongs to both; a date known to the year names all of that year."""
    assert {p.id for p in reference.holders("president", "state:kazakhstan", date)} == expected


def test_a_person_is_of_the_state_whose_office_he_holds(reference: Reference) -> None:
    assert reference.state_of("person:kassym-jomart-tokayev", "2012") == "state:kazakhstan"
    assert reference.state_of("person:nobody", "2012") is None
    assert [t.office for t in reference.offices_of("person:kassym-jomart-tokayev", "2005-06-01")] == ["foreign minister"]


def test_a_tenure_of_unknown_start_holds_until_its_end() -> None:
    tenure = Tenure(office="minister", of="state:kazakhstan", start=None, end="2001-05")  # type: ignore[arg-type]
    assert covers(tenure, "2001-05-31")
    assert not covers(tenure, "2001-06-01")


def test_loading_is_repeatable(folder: Path) -> None:
    """A copy elsewhere has the same content."""
    first = load_reference(folder)
    assert first.content_hash == load_reference().content_hash


# --- what is refused, with file and line


def test_an_id_used_twice(folder: Path) -> None:
    spoil(folder, "states.yaml", "- id: kyrgyzstan\n", "- id: kazakhstan\n")
    error = problem(folder)
    assert "used twice" in str(error)
    assert (error.path or "").endswith("states.yaml")
    assert error.line == [i for i, x in enumerate((folder / "states.yaml").read_text("utf-8").split("\n"), 1) if x == "- id: kazakhstan"][1]


@pytest.mark.parametrize(
    ("name", "old", "new", "said", "at"),
    [
        ("treaties.yaml", "  - state:tajikistan\n", "  - state:tadzhikistan\n", "no entry", "parties:"),
        ("leaders.yaml", "    from: '1990-04-24'\n", "    from: '1990-04-31'\n", "does not exist", "from: '1990-04-31'"),
        ("leaders.yaml", "    to: '2019-03-20'\n", "    to: '1989-03-20'\n", "before it begins", "to: '1989-03-20'"),
        ("leaders.yaml", "    to: '2019-03-20'\n", "    to: '2020-01-01'\n", "overlap", None),
        ("leaders.yaml", "    of: state:kazakhstan\n", "    of: treaty:kz-tj-allied-2024\n", "is due", "of: treaty:"),
        ("states.yaml", "  capital: Astana\n", "  capitol: Astana\n", "unknown field `capitol`", "- id: kazakhstan"),
        ("states.yaml", "  capital: Astana\n", "  capital: Astana\n  capital: Almaty\n", "stands twice", "capital: Almaty"),
        ("states.yaml", "  capital: Astana\n", "  capital: [Astana\n", "isn't valid YAML", None),
        ("states.yaml", "  iso2: KZ\n", "  iso2: [KZ]\n", "Expected `str", "- id: kazakhstan"),
        ("states.yaml", "- id: kazakhstan\n", "- id: Kazakhstan!\n", "small letters", "- id: Kazakhstan!"),
        ("states.yaml", "states:\n", "stat:\n", "list named 'states'", None),
        ("treaties.yaml", "    by: state:kazakhstan\n", "    by: state:russia\n", "no party", "by: state:russia"),
        ("treaties.yaml", "  - status: ratified\n    sure: false\n", "  - status: sealed\n", "no status of", "status: sealed"),
        ("treaties.yaml", "    date: '2024-05-20'\n    by: state:kazakhstan\n", "    date: '2020-05-20'\n", "before it is signed", "date: '2020-05-20'"),
        ("treaties.yaml", "  kind: alliance\n", "  kind: alliance\n  status: in force\n", "is not what its steps lead to (ratified)", "status: in force"),
        ("bodies.yaml", "  level: heads of state\n", "  level: kings\n", "no level of", "level: kings"),
        ("organisations.yaml", "    kind: associate\n", "    kind: founder\n", "no kind of", "kind: founder"),
        ("offices.yaml", "  seats: several\n", "  seats: [several]\n", "Expected `str", "- id: vice president"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_named_with_file_and_line(folder: Path, name: str, old: str, new: str, said: str, at: str | None) -> None:
    spoil(folder, name, old, new)
    error = problem(folder)
    assert said in str(error)
    assert (error.path or "").endswith(name)
    assert error.line is not None
    if at is not None:
        assert error.line == line_of(folder, name, at)
    assert "\n" not in str(error)


def test_a_status_that_follows_from_the_steps_is_dropped(folder: Path) -> None:
    """The reference files of others may hold one; it is checked and never kept."""
    spoil(folder, "treaties.yaml", "  kind: alliance\n", "  kind: alliance\n  status: ratified\n")
    assert not hasattr(load_reference(folder).treaties[0], "status")


def test_a_later_accession_is_no_disorder(folder: Path) -> None:
    """One party may sign after the treaty entered into force for the others."""
    spoil(folder, "treaties.yaml", "  - status: ratified\n    sure: false\n", "  - status: in force\n    date: '2024-08-22'\n  - status: signed\n    date: '2025-01-01'\n    by: state:tajikistan\n")
    load_reference(folder)


def test_an_entry_without_source(folder: Path) -> None:
    path = folder / "places.yaml"
    path.write_text("\n".join(x for x in path.read_text("utf-8").split("\n") if "wiki/Q1520" not in x), "utf-8")
    error = problem(folder)
    assert "has no source" in str(error)
    assert error.line == line_of(folder, "places.yaml", "- id: astana")


def test_a_missing_file_and_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "bodies.yaml").write_bytes(b"\xff\xfe\x00bodies")
    assert "UTF-8" in str(problem(folder))
    (folder / "bodies.yaml").unlink()
    assert "is missing" in str(problem(folder))


def test_yaml_runs_no_code(folder: Path) -> None:
    spoil(folder, "states.yaml", "  capital: Astana\n", "  capital: !!python/object/apply:os.system ['touch pwned']\n")
    assert "isn't valid YAML" in str(problem(folder))
    assert not (folder / "pwned").exists()


def test_a_month_may_be_shared_where_no_day_is_known(folder: Path) -> None:
    """Precision decides: '2019-03' and '2019-03-20' don't contradict."""
    spoil(folder, "leaders.yaml", "    to: '2019-03-20'\n", "    to: 2019-03\n")
    load_reference(folder)


def test_a_second_person_may_hold_an_office_with_several_seats(folder: Path) -> None:
    text = (folder / "leaders.yaml").read_text("utf-8")
    office = "  - office: deputy prime minister\n    of: state:kazakhstan\n    from: '2024-01-01'\n    to: '2024-12-31'\n"
    entry = "- id: test-{0}\n  name: Test {0}\n  gender: m\n  aliases: []\n  names_ru: []\n  tenures:\n{1}  source: test\n  sure: true\n"
    (folder / "leaders.yaml").write_text(text.rstrip() + "\n" + entry.format("one", office) + entry.format("two", office), "utf-8")
    load_reference(folder)
    wrong = office.replace("deputy prime minister", "minister of testing")
    (folder / "leaders.yaml").write_text(text.rstrip() + "\n" + entry.format("one", wrong) + entry.format("two", wrong), "utf-8")
    error = problem(folder)
    assert "overlap" in str(error)


def test_states_and_persons_are_frozen(reference: Reference) -> None:
    for entity in (reference.entities["state:kazakhstan"], reference.entities["person:emomali-rahmon"]):
        assert isinstance(entity, State | Person)
        with pytest.raises(AttributeError):
            entity.name = "x"  # type: ignore[misc]
