"""What staff do in an encounter: filled-in checklists, raters, needs covered, visits of mystery shoppers."""
