"""No address without a decision: each of the URLconf has its rows in the matrix."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from tests.access.matrix import ASKED, addresses, rows
from tests.access.town import WHO


def undecided() -> list[str]:
    """For each address without a row of each method, the line that would say who may."""
    known = {(row.url, row.method) for row in rows()}
    order = list(rows()[0].expected)
    shut = {"visitor": "login", "deactivated": "login", "stranger": "403", "ended": "403"}
    cells = ",".join(shut.get(who, "403") for who in order)
    return [
        f"{name},{method},{','.join('?' for _ in ASKED[2:])},{cells}"
        for name in dict.fromkeys(name for name, _example in addresses())
        for method in ("GET", "POST")
        if (name, method) not in known
    ]


def test_every_address_stands_in_the_matrix():
    assert undecided() == [], "add these lines to tests/access_matrix.csv, with what each persona should get"


def test_the_matrix_names_only_what_there_is():
    names = {name for name, _example in addresses()}
    assert {row.url for row in rows()} - names == set()
    assert set(rows()[0].expected) == set(WHO)


def a_new_page(request):
    return HttpResponse()


urlpatterns = [
    path("", include("karesi_plan.urls")),
    path("new/", a_new_page, name="a_new_page"),
    path("new/without/a/name/", a_new_page),
]


@override_settings(ROOT_URLCONF="tests.access.test_walk")
def test_a_new_address_is_found():
    lines = undecided()
    assert [line.split(",")[:2] for line in lines] == [
        ["a_new_page", "GET"],
        ["a_new_page", "POST"],
        ["/new/without/a/name/", "GET"],
        ["/new/without/a/name/", "POST"],
    ]
