"""One page with one form: ask the permission, show, call one service, go on. Used by all rooms of bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.decisions import Decision, Invalid, require
from common.forms import add_refusal


def form_page(
    request: HttpRequest,
    form: Form,
    act: Callable[..., Any],
    *,
    decision: Decision,
    heading: Any,
    button: Any,
    back: str,
    message: Any,
    onward: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """`act` takes the form's values by name; what it refuses stands at its field, with status 422.

    After the act the person is led to `back`, where `message` is said. Both may depend on what the act
    gave: `onward` finds another address from it, and a `message` that can be called its words.
    """
    require(decision)
    if request.method == "POST" and form.is_valid():
        try:
            made = act(**form.cleaned_data)
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, str(message(made) if callable(message) else message))
            return redirect(onward(made) if onward else back)
    page = {"form": form, "heading": heading, "button": button, "back": back, **context}
    return render(request, "institution/form.html", page, status=422 if form.is_bound else 200)


def values(thing: Any, form: type[Form]) -> dict[str, Any]:
    """What a form about an existing thing shows at first."""
    return {name: getattr(thing, name) for name in form.base_fields if hasattr(thing, name)}
