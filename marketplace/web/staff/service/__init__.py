"""State of the service: the findings of ``twiza doctor``, for the programme's staff."""
