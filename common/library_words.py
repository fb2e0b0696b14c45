"""Sentences of the sign-in library that our own catalogue words: one word for one thing.

The library's Turkish says şifre where Django's says parola. Our catalogues are read before those of
the libraries; standing here, the sentences stay in ours. Nothing imports this module.
"""

from django.utils.translation import gettext_noop as _

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
