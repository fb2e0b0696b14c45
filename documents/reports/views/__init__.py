"""Pages of the reports' room: reading (lists, one report), requests, templates, writing, evaluation."""
