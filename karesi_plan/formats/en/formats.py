"""English is a second language of the same office: its dates and numbers stay the office's own."""

from karesi_plan.formats.tr.formats import *  # noqa: F403
