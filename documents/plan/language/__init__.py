"""The check of the plan's common language: names, foreign words, broken letters.

``check`` and ``check_html`` take a text and a ``Vocabulary`` and give findings; they read nothing
else. ``vocabulary`` builds the vocabulary of this installation. A finding must be right: where
the rules below are unsure, they stay silent.
"""

from documents.plan.language.checker import Finding, check, check_html
from documents.plan.language.terms import Name, Vocabulary
from documents.plan.language.vocabulary import default_vocabulary, vocabulary

__all__ = ["Finding", "Name", "Vocabulary", "check", "check_html", "default_vocabulary", "vocabulary"]
