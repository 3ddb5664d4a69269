"""Dossiers over HTTP: of one or two, by any name, in both languages, as a page, text or data; nothing in an address runs or gets through."""

from __future__ import annotations

import json
import re

import pytest
from tests.serve.conftest import Server

from relgraph.graph import iris

TJ, KG = iris.BASE + "id/state/tajikistan", iris.BASE + "id/state/kyrgyzstan"


def test_a_pair_by_any_name(server: Server) -> None:
    """Codes, names in both scripts and IRIs give the same page, with footnotes."""
    page = server.client.get("/dossier/TJ/KG")
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert "<title>Dossier: Tajikistan - Kyrgyzstan</title>" in page.text
    assert 'href="#n1"' in page.text
    assert '<li id="n1">' in page.text
    assert server.client.get("/dossier/Tajikistan/Кыргызстан").text == page.text
    assert server.client.get("/dossier", params={"a": TJ, "b": KG}).text == page.text


def test_one_alone(server: Server) -> None:
    page = server.client.get("/dossier/Rahmon").text
    assert "<title>Dossier: Emomali Rahmon</title>" in page


def test_the_other_language_and_other_forms_are_one_click_away(server: Server) -> None:
    """The links of the page lead to what they say, with the same pair and day."""
    page = server.client.get("/dossier/TJ/KG", params={"at": "2025-06-30"}).text
    nav = page.partition("<nav>")[2].partition("</nav>")[0].replace("&amp;", "&")
    links = {name: address for address, name in re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', nav)}
    assert set(links) == {"Viewer", "Русский", "Markdown", "JSON"}
    russian = server.client.get(links["Русский"]).text
    assert '<html lang="ru">' in russian
    assert re.search("<title>[^<]*Таджикистан - К[^<]*</title>", russian)
    assert "English</a>" in russian
    markdown = server.client.get(links["Markdown"])
    assert markdown.headers["Content-Type"].startswith("text/markdown")
    assert markdown.text.startswith("# Dossier: Tajikistan - Kyrgyzstan")
    data = json.loads(server.client.get(links["JSON"]).text)
    assert (data["at"], [e["iri"] for e in data["entities"]]) == ("2025-06-30", [TJ, KG])


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [("/dossier/Atlantis", 404, "Atlantis"), ("/dossier/TJ/TJ", 404, "one or two different"), ("/dossier", 404, "one or two different"), ("/dossier/TJ?lang=xx", 400, "language"),
     ("/dossier/TJ?at=soon", 400, "soon"), ("/dossier/TJ?format=exe", 400, "exe"), ("/dossier/TJ/KG/UZ", 404, "there is nothing")],
)  # fmt: skip
def test_what_is_wrong_is_said(server: Server, path: str, status: int, part: str) -> None:
    answer = server.client.get(path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert part in answer.text


def test_nothing_of_an_address_runs(server: Server) -> None:
    """The policy allows no script and no address gets into the page; hostile names are answered as data."""
    answer = server.client.get("/dossier/TJ", params={"at": "2025-06-30", "x": '"><script>alert(1)</script>'})
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text
    hostile = server.client.get("/dossier/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert hostile.status_code == 404
    assert hostile.headers["Content-Type"].startswith("application/problem+json")
    assert hostile.headers["X-Content-Type-Options"] == "nosniff"


def test_an_entity_leads_to_its_dossier(server: Server) -> None:
    page = server.client.get("/id/state/tajikistan", headers={"Accept": "text/html"}).text
    (address,) = re.findall(r'href="(/dossier[^"]+)"', page)
    assert "Dossier: Tajikistan" in server.client.get(address.replace("&amp;", "&")).text
