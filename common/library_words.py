"""Sentences of the libraries that our own catalogue words: one word for one thing.

The sign-in library's Turkish says şifre where Django's says parola, and neither says plainly what to do.
Our catalogues are read before those of the libraries; standing here, the sentences stay in ours.
Nothing imports this module.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SIGN_IN = (
    _("Password"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("This account is currently inactive."),
    _("Incorrect password."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("The password reset token was invalid."),
    _("Forgot your password?"),
    _("Password (again)"),
    _("Be patient, you are sending too many requests."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)

PASSWORDS = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    _("Your password can’t be too similar to your other personal information."),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be a commonly used password."),
    _("This password is too common."),
)
