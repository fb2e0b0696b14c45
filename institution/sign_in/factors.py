"""The second factor: who has one, and who must."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from common import grants
from institution.models import Body
from institution.roles import Kind

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_factor(person: Any) -> bool:
    """Whether codes of an app or a passkey belong to the account; recovery codes alone are none."""
    return is_mfa_enabled(person, KINDS)


def must_have_factor(person: Any) -> bool:
    """Whether a seat of today lies in a body of which the installation demands it (MFA_REQUIRED_FOR)."""
    kinds = settings.MFA_REQUIRED_FOR
    if not kinds:
        return False
    seats = {body for _permission, body in grants.held(person)}
    return Body.objects.filter(pk__in=seats).kind(*kinds).exists()


def check_settings() -> None:
    """Refuse to start with a kind of body that does not exist: its seats would go without."""
    unknown = set(settings.MFA_REQUIRED_FOR) - {*Kind.values, "none"}
    if unknown:
        raise ImproperlyConfigured(f"MFA_REQUIRED_FOR names no kind of body: {', '.join(sorted(unknown))}")


def lacks_factor(person: Any) -> bool:
    return must_have_factor(person) and not has_factor(person)
