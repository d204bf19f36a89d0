"""Reports: what a survey says, put together for reading."""

from servqual.reports.briefs import Brief, brief, usual_model
from servqual.reports.material import Section
from servqual.reports.pages import Report, report

__all__ = ["Brief", "Report", "Section", "brief", "report", "usual_model"]
