"""Tags and filters of the page: icons, badges, acts, bars, and Turkish forms of figures and dates."""

import datetime as dt
from functools import cache, lru_cache
from zlib import crc32

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from common import turkish
from common.history import author

register = template.Library()

THEMES = ("auto", "light", "dark")
SOON = 7  # days: from here on a due date is shown as a warning


@register.simple_block_tag
def drawn(content):
    """What stands inside, drawn once for several places: `{% drawn as menu %}…{% enddrawn %}`, then `{{ menu }}`."""
    return content


@register.simple_tag
def icon(name: str, size: str = ""):
    """One drawing of the sprite, silent for screen readers: the word stands beside it.

    `size` is empty, "i-sm" or "i-lg".
    """
    return _drawn(name, size, settings.STATIC_URL)


@cache
def _drawn(name: str, size: str, _address: str):
    """A page has a hundred of them, and they are always the same few."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"i {size}".strip(),
        static("sprite.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def theme(context) -> str:
    """The person's look, or the one chosen on this device: "auto" (as the device), "light", "dark"."""
    user, request = context.get("user"), context.get("request")
    if user and user.is_authenticated:
        return user.theme
    choice = request.COOKIES.get(settings.THEME_COOKIE_NAME) if request else None
    return choice if choice in THEMES else "auto"


@register.filter
def acting_for(person, holder: str) -> str:
    """The person, and for whom they stood in: `{{ decision.decided_by|acting_for:decision.decided_for }}`."""
    return author(person, holder)


@register.simple_tag
def badge(state):
    """A state as icon, word, colour. Takes (label, tone, icon) as a workflow's badge gives it."""
    label, tone, name = state
    return _badge(str(label), tone, icon(name))


@lru_cache(maxsize=512)
def _badge(label: str, tone: str, drawing: str):
    return format_html('<span class="badge-s {}">{}{}</span>', tone, drawing, label)


@register.inclusion_tag("components/act.html", takes_context=True)
def act(context, label, url="", **options):
    """A button that acts, or the same button disabled with its reason beside it.

    decision: Allowed or Denied (left out: always allowed). kind: primary, second, quiet, stop.
    method: "post" (a form of its own) or "get" (a link). dialog: "#id" of a dialog to open instead.
    icon, size ("sm", "lg"), name and value (of the button), help_url and help_label (who can mend it).
    """
    decision = options.get("decision")
    denied = "" if decision is None or decision else str(decision.reason)
    return {
        "label": label,
        "url": url,
        "kind": "second",
        "method": "post",
        **options,
        "icon_name": options.get("icon", ""),
        "denied": denied,
        # The same id on every rendering, so that a swapped fragment matches what stood there.
        "id": f"why-{crc32(f'{label}{url}{denied}'.encode()):x}",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def progress(done, total, noun="", tone="", wide=False):
    """An SVG bar with its figures. noun completes the sentence for those who do not see it.

    Widths are attributes of the drawing, since the page's policy allows no inline style.
    """
    share = 100 * done / total if total else 0
    return format_html(
        '<span class="{}"><svg class="{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="t" width="100" height="6" rx="3"/><rect class="f" width="{}" height="6" '
        'rx="3"/></svg><span>{}/{}<span class="visually-hidden"> {}</span></span></span>',
        "prog wide" if wide else "prog",
        f"bar {'w ' if wide else ''}{tone}".strip(),
        f"{share:.1f}",
        done,
        total,
        str(noun or gettext("completed")),
    )


@register.simple_tag
def field(bound, help=None, **attrs):
    """One form field: label, control, help, error. Further attributes go to the control."""
    if help is not None:
        bound.help_text = help
    bound.field.widget.attrs.update({name.replace("_", "-"): value for name, value in attrs.items()})
    return bound.as_field_group()


@register.filter
def control(bound):
    """The widget of a field in the look of the page."""
    widget = bound.field.widget
    kind = "group" if widget.use_fieldset else getattr(widget, "input_type", "textarea")
    looks = {"checkbox": "form-check-input", "select": "form-select", "group": "choices", "hidden": ""}
    names = [widget.attrs.get("class", ""), looks.get(kind, "form-control")]
    if bound.errors:
        names.append("is-invalid")
    return bound.as_widget(attrs={"class": " ".join(filter(None, names))})


@register.filter
def initials(name) -> str:
    """Two letters of a person's name, in Turkish capitals: Işıl İnce gives Iİ."""
    words = str(name).split()
    return turkish.upper("".join(word[0] for word in (words[:1] + words[1:][-1:])))


def _shown(form):
    """A filter that shows a value in its Turkish (or English) form, and nothing where there is none."""
    return lambda value: "" if value is None else form(value)


for _name, _form in {
    "money": turkish.money,
    "short_money": turkish.short_money,
    "num": turkish.number,
    "tr_date": turkish.date_long,
    "tr_day": turkish.date_day,
    "tr_short": turkish.date_short,
    "tr_datetime": turkish.datetime_long,
    "tr_moment": turkish.moment,
    "tr_time": turkish.time,
}.items():
    register.filter(_name, _shown(_form))


@register.filter
def days_left(day: dt.date) -> str:
    """How far a due date is from today, in words."""
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return gettext("due today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


@register.filter
def due_badge(day: dt.date):
    """The same as a badge: late is red, the last week amber."""
    days = (day - timezone.localdate()).days
    tone = "stop" if days < 0 else "warn" if days <= SOON else "idle"
    return days_left(day), tone, "clock"
