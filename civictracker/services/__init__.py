"""Use-cases: ``verb_noun(session, *, …)`` gives frozen values to read, or Changes when it writes."""
