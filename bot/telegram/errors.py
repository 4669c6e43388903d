"""Where something broke, for a log line: an error's own words may hold what somebody wrote."""


def place_of(error: BaseException) -> str:
    """The innermost place, as file:line."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "an unknown place"
