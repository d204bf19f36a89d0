"""Reports: what a survey says, put together for reading."""

from servqual.reports.briefs import Brief, brief, usual_model

__all__ = ["Brief", "brief", "usual_model"]
