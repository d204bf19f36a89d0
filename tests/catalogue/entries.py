"""The catalogue's instruments and the counts of their items as facts."""

from servqual import catalogue
from servqual.instruments import Instrument

# The causes of Gaps 1 and 2, which managers are asked about, and of Gaps 3 and 4, which staff are asked about.
MANAGERS = {"market_research": 3, "upward_communication": 3, "management_levels": 2, "customer_relations": 3}
MANAGERS |= {"management_commitment": 3, "goal_setting": 3, "task_standardization": 3, "feasibility": 3}
MANAGERS |= {"customer_indicators": 3}
EMPLOYEES = {"teamwork": 3, "employee_job_fit": 3, "technology_job_fit": 3, "perceived_control": 3}
EMPLOYEES |= {"supervisory_control": 3, "role_conflict": 3, "role_ambiguity": 3, "service_skill": 3}
EMPLOYEES |= {"horizontal_communication": 3, "overpromising": 3, "shown_effort": 3, "customer_education": 3}
ZONE: tuple[str, ...] = (
    "enduring",
    "needs",
    "explicit_promises",
    "implicit_promises",
    "word_of_mouth",
    "past_experience",
    "image",
)
ZONE += ("transitory", "alternatives", "role", "situation")

SERVICE = ("smile", "excellence", "reaching", "viewing", "inviting", "creating", "eye")
RECEPTION = ("information", "environment", "emotion", "welcome", "understand", "help", "retain", "alternatives")
HANDLING = ("listen", "empathise", "apologise", "remedy", "agree_and_act", "follow_up")

# Items per dimension, in order: the SERVQUAL rows as printed in secondary sources, ECSI as in the packages that carry
# its data, the list of 1994 as in a secondary source; single questions of one item; the others are our own.
COUNTS = {
    "servqual": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "servqual-1988": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "servperf": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "three-column": {"reliability": 5, "responsiveness": 3, "assurance": 4, "empathy": 4, "tangibles": 5},
    "ecsi": {
        "image": 5,
        "expectation": 3,
        "quality": 7,
        "value": 2,
        "satisfaction": 3,
        "complaints": 1,
        "loyalty": 3,
    },
    "nps": {"recommendation": 1},
    "csat": {"satisfaction": 1},
    "ces": {"ease": 1},
    "internal-service-quality": {
        "tangibles": 3,
        "reliability": 4,
        "responsiveness": 4,
        "assurance": 3,
        "empathy": 3,
    },
    "employee-satisfaction": {
        "job": 3,
        "training": 3,
        "pay": 3,
        "promotion": 3,
        "respect": 3,
        "teamwork": 3,
        "welfare": 3,
    },
    "satisfaction-determinants": {"features": 3, "emotion": 3, "attribution": 3, "fairness": 3, "others": 3},
    "expectation-determinants": {
        "needs": 3,
        "experience": 3,
        "word_of_mouth": 3,
        "image": 3,
        "promises": 3,
        "alternatives": 3,
    },
    "manager-antecedents": MANAGERS,
    "employee-antecedents": EMPLOYEES,
    "zone-determinants": dict.fromkeys(ZONE, 3),
    "promise-audit": {"promises": 4, "expectations": 4, "education": 4, "internal": 4},
    "performance-barriers": {"knows_what": 3, "knows_how": 3, "duty": 3, "authority": 3, "incentive": 3},
    "airline-needs": {"arrive": 2, "unhurt": 2, "on_time": 2, "helped": 2, "wishes": 2, "status": 2},
    "complaint-outcomes": {"valued": 2, "understood": 2, "compensated": 2, "quick": 2, "not_again": 2},
    "encounter-card": {"encounter": 1},
    "four-steps": {"explore": 5, "offer": 4, "act": 4, "confirm": 3},
    "conversation": {"opening": 3, "probing": 3, "supporting": 3, "closing": 3},
    "listening": {"facts": 3, "feeling": 3, "restating": 2},
    "service-behaviours": dict.fromkeys(SERVICE, 2),
    "reception": dict.fromkeys(RECEPTION, 2),
    "complaint-handling": {**dict.fromkeys(HANDLING, 2), "mistakes": 5, "forbidden_phrases": 5},
    "coping": {"let_speak": 2, "common_ground": 2, "hidden_need": 2, "joint_solution": 2},
    "doubts": {"doubts": 3, "misunderstandings": 3},
    "refusing": {"before": 2, "saying_no": 3, "after": 2},
}


def everything() -> list[Instrument]:
    """Every instrument of the catalogue, and the edition that has no name of its own."""
    return [*map(catalogue.by_name, catalogue.names()), catalogue.servperf(edition=1988)]
