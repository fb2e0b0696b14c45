"""The municipality itself: its people, units, bodies, plan periods and dated legal rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from common import turkish
from common.history import AuditedQuerySet, audited
from common.workflow import Badge
from institution.querysets import (
    BodyQuerySet,
    HoldingQuerySet,
    LegalRuleQuerySet,
    PeriodQuerySet,
    UserManager,
)
from institution.roles import PERMISSIONS, Kind, Role
from institution.workflow import PERIOD, PeriodState


class Municipality(models.Model):
    """The installation's own municipality: one row."""

    name = models.CharField(_("name"), max_length=200)
    province = models.CharField(_("province"), max_length=100, blank=True)
    detsis_no = models.CharField(_("DETSİS number"), max_length=20, blank=True)
    is_demo = models.BooleanField(_("sample data"), default=False)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("municipality"), _("municipalities")

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit of the municipality (müdürlük)."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    is_spending = models.BooleanField(_("spending unit"), default=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """A person with an account. People are closed (is_active), never deleted."""

    class Theme(models.TextChoices):
        DEVICE = "auto", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    language = models.CharField(
        _("language"), max_length=2, choices=[("tr", "Türkçe"), ("en", "English")], default="tr"
    )
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.DEVICE)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("sample person"), default=False)
    date_joined = models.DateTimeField(_("opened at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()
    history = audited(excluded=("password", "last_login"))

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        ordering = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def awaits_first_sign_in(self) -> bool:
        """Whether the account is open and its owner has neither chosen a password nor come in otherwise."""
        return self.is_active and not self.has_usable_password() and self.last_login is None


class PlanPeriod(models.Model):
    """A five-year plan and its preparation, opened by the mayor's circular."""

    first_year = models.PositiveSmallIntegerField(_("first year"), unique=True)
    last_year = models.PositiveSmallIntegerField(_("last year"))
    state = models.CharField(_("state"), max_length=12, choices=PeriodState, default=PeriodState.PREPARING)
    election_on = models.DateField(_("election day"), null=True, blank=True)
    circular_no = models.CharField(_("number of the circular"), max_length=50, blank=True)
    circular_on = models.DateField(_("date of the circular"), null=True, blank=True)
    legal_basis = models.TextField(_("legal basis"))
    guide = models.CharField(_("guide"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = PeriodQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("plan period"), _("plan periods")
        ordering = ["-first_year"]
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="period_years_in_order"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="preparing"), name="period_one_in_preparation"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As written in commands and files: 2020-2024."""
        return f"{self.first_year}-{self.last_year}"

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def label(self) -> str:
        """As written in text: 2020–2024."""
        return turkish.year_range(self.first_year, self.last_year)

    @property
    def title(self) -> str:
        return gettext("%(years)s Strategic Plan") % {"years": self.label}

    @property
    def badge(self) -> Badge:
        return PERIOD.badge(self.state)

    @property
    def is_open(self) -> bool:
        return self.state == PeriodState.PREPARING


class BodyKind(models.Model):
    """What kinds of bodies this municipality has, and what the law calls them."""

    code = models.CharField(_("kind"), max_length=20, choices=Kind, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    legal_name = models.CharField(_("legal name, for decisions and minutes"), max_length=200, blank=True)
    composed_of = models.CharField(_("composed of"), max_length=300, blank=True)
    duty = models.TextField(_("duty"), blank=True)
    differs = models.TextField(_("how it differs from the standard"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("kind of body"), _("kinds of bodies")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class CompositionRule(models.Model):
    """What the composition of a kind of body must satisfy; checked and shown, never broken silently."""

    class Check(models.TextChoices):
        HAS_CHAIR = "has_chair", _("has a chair")
        CHAIR_FROM = "chair_from", _("its chair is a member, not the chair, of another body")
        MEMBER_FROM = "member_from", _("has a member of another body")
        ALL_UNITS = "all_units", _("represents every spending unit")
        HAS_RAPPORTEUR = "has_rapporteur", _("has a rapporteur")

    kind = models.ForeignKey(BodyKind, models.PROTECT, related_name="rules")
    check_code = models.CharField(_("requirement"), max_length=20, choices=Check)
    other = models.CharField(_("other body"), max_length=20, choices=Kind, blank=True)
    blocks = models.BooleanField(_("blocks submission"), default=False)
    sentence = models.CharField(_("what is missing, in words"), max_length=300)
    sentence_en = models.CharField(_("what is missing, in English"), max_length=300)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = AuditedQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("composition rule"), _("composition rules")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "check_code", "other"], name="composition_rule_once")
        ]

    def __str__(self) -> str:
        return self.sentence_en if get_language() == "en" else self.sentence


class Body(models.Model):
    """Any body: grants, meetings and reports hang on it. Standing bodies have no period."""

    kind = models.ForeignKey(BodyKind, models.PROTECT, verbose_name=_("kind"))
    period = models.ForeignKey(
        PlanPeriod,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("plan period"),
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=200)
    topic = models.TextField(_("topic"), blank=True)
    approval_no = models.CharField(_("number of the approval"), max_length=50, blank=True)
    approval_on = models.DateField(_("date of the approval"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = BodyQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("body"), _("bodies")
        ordering = ["kind__order", "pk"]
        permissions = list(PERMISSIONS.items())
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["period", "name"], name="body_name_once_a_period")]

    def __str__(self) -> str:
        return self.name


class GrantManager(UserObjectPermissionManager.from_queryset(AuditedQuerySet)):  # type: ignore[misc]  # built at run time
    """The permission library's own; what it would assign in bulk is refused, since it would leave no history."""


class BodyGrant(UserObjectPermissionBase):
    """A right of one person on one body, following from a holding and valid while it lasts."""

    # The first two are the library's, with names for people.
    permission = models.ForeignKey(Permission, models.CASCADE, verbose_name=_("right"))
    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("given to"))
    content_object = models.ForeignKey(Body, models.CASCADE, related_name="grants", verbose_name=_("body"))
    holding = models.CharField(_("by the seat"), max_length=60)
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("in the place of")
    )
    """Whose seat it is, where the person stands in"""
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True)

    objects = GrantManager()  # type: ignore[misc]  # the library declares a class variable
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("grant"), _("grants")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "holding"], name="grant_once_a_holding"
            )
        ]
        indexes = [models.Index(fields=["user", "permission"])]


class Holding(models.Model):
    """A person's part in a body for a time, with a delegate if need be. Base of Seat and Membership."""

    person = models.ForeignKey(User, models.PROTECT, related_name="%(class)ss", verbose_name=_("person"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="%(class)ss", verbose_name=_("body"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    delegate = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegated_%(class)ss",
        verbose_name=_("delegate"),
    )
    delegate_from = models.DateField(_("delegate from"), null=True, blank=True)
    delegate_until = models.DateField(_("delegate until"), null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["body", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="%(class)s_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(delegate=None, delegate_from=None, delegate_until=None)
                | Q(
                    delegate__isnull=False,
                    delegate_from__isnull=False,
                    delegate_until__gte=F("delegate_from"),
                ),
                name="%(class)s_delegate_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.body}"

    @property
    def key(self) -> str:
        """Its name in the grants that follow from it: committees.seat:7."""
        return f"{self._meta.label_lower}:{self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def delegated_on(self, day: dt.date) -> bool:
        if self.delegate_from is None or self.delegate_until is None:
            return False
        return self.delegate_from <= day <= self.delegate_until


class LegalRule(models.Model):
    """A dated legal figure with its source; the value that held on a day is asked, never assumed."""

    key = models.CharField(_("rule"), max_length=60)
    value: Any = models.JSONField(_("value"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    article = models.CharField(_("article"), max_length=120)
    source = models.TextField(_("source"))
    verified = models.BooleanField(_("read in the source"), default=True)

    objects = LegalRuleQuerySet.as_manager()
    history = audited()

    class Meta:
        verbose_name, verbose_name_plural = _("legal value"), _("legal values")
        ordering = ["key", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="legal_rule_once_a_day")]

    def __str__(self) -> str:
        return f"{self.key} ({self.article})"
