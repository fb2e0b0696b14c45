"""How a mail is made: a template of templates/emails/, its first line the subject, as text and, where the
template has a sister in HTML, as both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string

_names: list[Callable[[], str]] = []


def name_sender(name: Callable[[], str]) -> None:
    """The room that knows the municipality says what it is called."""
    _names[:] = [name]


def sender() -> str:
    """In whose name mails are written."""
    return _names[0]() if _names else settings.MUNICIPALITY_NAME


def send(kind: str, context: dict[str, Any], *, to: str) -> None:
    subject, _line, body = render_to_string(f"emails/{kind}.txt", context).strip().partition("\n")
    letter = EmailMultiAlternatives(
        f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body.strip(), to=[to]
    )
    try:
        page = get_template(f"emails/{kind}.html")
    except TemplateDoesNotExist:
        pass
    else:
        letter.attach_alternative(page.render(context | {"subject": subject}), "text/html")
    letter.send()
