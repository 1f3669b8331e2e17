"""Questions about what somebody outside may be shown or sends in, answered in worker processes."""
