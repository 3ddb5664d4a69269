"""Plain text: title, dateline, dates, publisher, language, control characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import ArticleError
from relgraph.read.dates import NoSuchDateError, parse_date
from relgraph.read.ids import canonical_url, id_from_url, safe_id
from relgraph.read.text import article_from_text, clean

BODY = "They talked at length about trade. They agreed on it."


@pytest.mark.parametrize(
    ("line", "place", "date", "publisher"),
    [
        ("ASHGABAT, 29 November 2021 (Chronicles of Turkmenistan)", "Ashgabat", "2021-11-29", "Chronicles of Turkmenistan"),
        ("April 5, 2019", None, "2019-04-05", None),
        ("Dec. 2, 2025", None, "2025-12-02", None),
        ("ABU DHABI, 4th March, 2026 (WAM)", "Abu Dhabi", "2026-03-04", "WAM"),
        ("BISHKEK, May 5 (AKIpress) --", "Bishkek", None, "AKIpress"),
        ("BAKU (News.Az)", "Baku", None, "News.Az"),
        ("KABUL, AFGHANISTAN", "Kabul", None, None),
        ("(nCa) 26 October 2021", None, "2021-10-26", "nCa"),
        ("(nCa), 1 November 2023", None, "2023-11-01", "nCa"),
        ("(Monitor, January 1997)", None, "1997-01", "Monitor"),
        ("ETREK (Turkmenistan), December 3, 2014 (TASS)", "Etrek", "2014-12-03", "TASS"),
        ("By our correspondent, The Messenger, Monday, November 28, 2016", None, "2016-11-28", None),
        ("ASTANA, Wednesday, 14 December 2016", "Astana", "2016-12-14", None),
        ("XI'AN, 18 May 2023 (Xinhua)", "Xi'an", "2023-05-18", "Xinhua"),
        ("TASHKENT, May 2024 (24.kg)", "Tashkent", "2024-05", "24.kg"),
        ("Astana, 12 July 2025 /Kazinform/", "Astana", "2025-07-12", "Kazinform"),
        ("ДУШАНБЕ, 13 мая 2022 (Newshub)", "Душанбе", "2022-05-13", "Newshub"),
        ("12.07.2025", None, "2025-07-12", None),
        ("12.07.25", None, "2025-07-12", None),
        ("NARYN - Valley Post\nThursday, February 3 2011", "Naryn", "2011-02-03", None),
        ("AVP, NAMANGAN\nNov. 2, 2023", "Namangan", "2023-11-02", None),
        ("BISHKEK, Feb 9 (Reuters) 1999", "Bishkek", "1999-02-09", "Reuters"),
        ("ASTANA, November 21 (2025)", "Astana", "2025-11-21", None),
        ("BISHKEK. July 29, 2013 (Interfax)", "Bishkek", "2013-07-29", "Interfax"),
        ("Osh. October 20, 2017", "Osh", "2017-10-20", None),
        ("By our correspondent in OSH | 4 April 2025", "Osh", "2025-04-04", None),
        ("September 19, 2023 8:52 PM | VOA News", None, "2023-09-19", None),
        ("Jeddah, Muharram 01, 1445 / July 19, 2023", "Jeddah", "2023-07-19", None),
    ],
)
def test_dateline(line: str, place: str | None, date: str | None, publisher: str | None) -> None:
    """Each part may be missing or stand elsewhere; the dateline is in no sentence and the body follows it."""
    article = article_from_text(f"Leaders meet\n{line}\n\n{BODY}", id="x")
    assert (article.dateline_place, article.published, article.publisher) == (place, date, publisher)
    assert article.title == "Leaders meet"
    assert article.text[article.body_start :].strip() == BODY
    assert [article.text[s.start : s.end] for s in article.sentences] == ["Leaders meet", "They talked at length about trade.", "They agreed on it."]


@pytest.mark.parametrize(
    ("opening", "place", "publisher"),
    [("BISHKEK, May 5 (AKIpress) -- ", "Bishkek", "AKIpress"), ("KABUL — ", "Kabul", None), ("Moscow (TASS) - ", "Moscow", "TASS"), ("OSH, March 28 (Sputnik). ", "Osh", "Sputnik"), ("ASTANA. KAZINFORM – ", "Astana", None),
     ("TALAS, April 18. /TASS/. ", "Talas", "TASS"), ("NUKUS. ", "Nukus", None), ("BUKHARA: ", "Bukhara", None)],
)
def test_dateline_inside_the_first_paragraph(opening: str, place: str, publisher: str | None) -> None:
    """A dateline that opens the first sentence is not part of it."""
    article = article_from_text(f"Leaders meet\n\n{opening}{BODY}", id="x")
    assert (article.dateline_place, article.publisher) == (place, publisher)
    assert article.text[article.sentences[1].start :] == BODY


@pytest.mark.parametrize(
    "line",
    ["On 12 July 2025 the presidents met.", "The presidents met on 12 July 2025", "Trade and security", "CSTO — the alliance — met.",
     "Emomali Rahmon — president of Tajikistan — came.", "They met (and talked)."],
)  # fmt: skip
def test_no_dateline(line: str) -> None:
    """A short first line of the body is not taken for a dateline, even with a date in it."""
    article = article_from_text(f"Leaders meet\n{line}\n\n{BODY}", id="x")
    assert (article.dateline_place, article.published, article.publisher) == (None, None, None)
    assert article.text[article.sentences[1].start : article.sentences[1].end] == line


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        (f"Khiva, 21 Jan 2019: guests from afar\n\n{BODY}", "Khiva", "2019-01-21"),
        (f"Leaders meet\n\n{BODY}\n15.08.2024", None, "2024-08-15"),
        (f"Leaders meet\n\n{BODY}\n\nPublished 11 November 2022\n", None, "2022-11-11"),
        (f"Leaders meet\n\n{BODY}\n21 July 2023 -- Steppe Wire", None, "2023-07-21"),
        (f"Leaders meet\n\nThe two met, Valley Post reported on 30 April 2024. {BODY}", None, "2024-04-30"),
        (f"Leaders meet\n\n{BODY}\nThey signed it on 9 October 2023.", None, None),
        (f"Leaders meet\n\n{BODY}\n\nThe bill passed, Valley Post reported on 30 April 2024.", None, None),
        (f"IMF: growth slows\n\nIMF: {BODY}", None, None),
    ],
)
def test_a_date_elsewhere(text: str, place: str | None, date: str | None) -> None:
    """In the title's opening, in a closing line, in the first paragraph's 'reported on'; nowhere else."""
    article = article_from_text(text, id="x")
    assert (article.dateline_place, article.published) == (place, date)


@pytest.mark.parametrize("text", ["The firm, phone 22.45.67, met them.", "They met on 31 June 2020.", f"{BODY}\n\nVersion 99.88.77", f"Valley Post\nThey met on 31 June 2020 in Osh.\n\n{BODY}"])
def test_a_date_of_the_body_is_no_reason_to_refuse_an_article(text: str) -> None:
    """Only a dateline has to have a date that exists."""
    article = article_from_text(f"Leaders meet\n\n{text}", id="x")
    assert article.published is None


def test_metadata_win_over_the_dateline() -> None:
    """What front matter says is stronger than the dateline."""
    article = article_from_text(f"T\nASTANA, 1 May 2020 (A)\n\n{BODY}", id="x", published="2020-05-02", publisher="B")
    assert (article.published, article.publisher, article.dateline_place) == ("2020-05-02", "B", "Astana")


def test_title_is_not_doubled() -> None:
    """A title from elsewhere is put before the text unless it is its first line; a beginning alike is not the same line."""
    assert article_from_text(f"Talks\n\n{BODY}", id="x", title="talks").text == f"Talks\n\n{BODY}"
    assert article_from_text(f"Talks held\n\n{BODY}", id="x", title="Talks").text.startswith("Talks\n\nTalks held\n\n")


def test_text_without_title() -> None:
    """A first line as long as a paragraph is body: each of its sentences can be cited."""
    article = article_from_text(" ".join([BODY] * 6), id="x")
    assert article.body_start == 0
    assert len(article.sentences) == 12
    assert article.title == "They talked at length about trade."
    assert {s.paragraph for s in article.sentences} == {1}


def test_impossible_date_in_the_dateline() -> None:
    """A dateline with a date that does not exist is refused, with the file and what to do."""
    with pytest.raises(ArticleError, match=r"^a\.txt: the date '31 February 2025' does not exist") as caught:
        article_from_text(f"T\nDUSHANBE, 31 February 2025\n\n{BODY}", id="x", source="a.txt")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("value", "iso"),
    [("2025-07-12T23:59:00+05:00", "2025-07-12"), ("Sat, 12 Jul 2025 23:30:00 +0500", "2025-07-12"), ("20250712", "2025-07-12"), ("2025-07", "2025-07"),
     ("2025", "2025"), ("13/04/2025", "2025-04-13"), ("12 июля 2025 г.", "2025-07-12"), ("12 Temmuz 2025", "2025-07-12"), ("July 12th, 2025 10:00", "2025-07-12")],
)  # fmt: skip
def test_dates_of_metadata(value: str, iso: str) -> None:
    """ISO, RFC 2822 and written dates give the day as written, whatever the zone."""
    assert parse_date(value) == iso


@pytest.mark.parametrize("value", ["31 February 2025", "2025-02-30", "2025-13-01", "29 February 2023", "30.02.2025", "31/06/2025", "2025-00-10"])
def test_dates_that_do_not_exist(value: str) -> None:
    """They are refused, not shifted to another day."""
    with pytest.raises(NoSuchDateError, match="does not exist"):
        parse_date(value)


@pytest.mark.parametrize("value", ["yesterday", "5 days ago", "03/04/2025", "1752278400", "12 July", "", "0001-01-01", "2" * 300])
def test_dates_that_say_too_little(value: str) -> None:
    """Relative, ambiguous and year-less dates are refused: no clock is read, nothing is guessed."""
    with pytest.raises(ValueError, match="date"):
        parse_date(value)


def test_clean() -> None:
    """Byte order mark, line ends, control characters and lone surrogates; one character stays one character."""
    assert clean("\ufeffA\r\nB\rC\x00D\u2028E\ud800F\x85G\ufeffH") == "A\nB\nC D\nE\ufffdF\nG H"


def test_language() -> None:
    """The script tells Russian from English; what the metadata say wins."""
    assert article_from_text("Встреча\n\nПрезиденты встретились.", id="x").language == "ru"
    assert article_from_text("Talks\n\nThe presidents met.", id="x").language == "en"
    assert article_from_text("Talks\n\nThe presidents met.", id="x", language="ky").language == "ky"


@given(st.text(max_size=400), st.none() | st.text(max_size=40))
def test_any_text_is_an_article(text: str, title: str | None) -> None:
    """Any text gives an article whose offsets hold, or a clear error; the same text gives the same article."""
    try:
        article = article_from_text(text, id="x", title=title)
    except ArticleError as error:
        assert error.hint
        return
    assert article == article_from_text(text, id="x", title=title)
    article.text.encode()
    assert all(article.text[s.start : s.end].strip() for s in article.sentences)
    assert 0 <= article.body_start <= len(article.text)


@given(st.text(max_size=150))
def test_ids_are_safe(raw: str) -> None:
    """An id is fit for IRIs and file names, comes back unchanged the second time and is never empty."""
    made = safe_id(raw)
    assert made.isascii()
    assert 0 < len(made) <= 100
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert made[0].isalnum()
    assert ".." not in made
    assert safe_id(made) == made


def test_ids() -> None:
    """Safe ids stay; Cyrillic is transliterated; addresses give a slug and a hash that tracking parameters don't change."""
    assert safe_id("kz-tj-2023-05-04") == "kz-tj-2023-05-04"
    assert safe_id("Встреча в Астане") == "Vstrecha-v-Astane"
    assert id_from_url("https://24.kg/english/1_Talks/?utm_source=x#top") == id_from_url("https://24.KG/english/1_Talks")
    assert id_from_url("https://24.kg/a?id=1") != id_from_url("https://24.kg/a?id=2")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//x.org/a", "x.org", "https://", "http://a b.org", "data:text/html,x", "http://u:p@x.org/", "http://[::1", "https://x.org/<b>"])
def test_no_addresses(url: str) -> None:
    """Only plain http and https addresses can become links."""
    assert canonical_url(url) is None
