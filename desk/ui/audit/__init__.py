"""The auditor's page and the trail about oneself (审计、留痕)."""
