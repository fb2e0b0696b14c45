"""Those who write: memberships of the planning team, the sub-groups and the Directorate."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import audited
from institution.models import Holding, Unit


class Membership(Holding):
    """A person's membership of a body that writes; in the planning team, for a spending unit."""

    represents = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="representatives",
        verbose_name=_("represents"),
    )

    history = audited()

    class Meta(Holding.Meta):
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
