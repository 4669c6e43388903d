"""How good the content and what was learnt from it are: figures, a review of the danger signs, a clinician's page."""
