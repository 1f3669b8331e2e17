"""The addresses of this room, each with who may see it and who may act on it."""

from web.bench import begun, comparing, questioning, reading, writing
from web.page import DESK, LEGAL, page

PAGES = (
    page("bench", reading.cities, "bench", see=DESK, menu="bench"),
    page("bench/texts/begin", begun.begin, "bench_begin", do=(LEGAL,)),
    page("bench/<slug:city>", reading.text, "bench_text", see=DESK),
    page("bench/<slug:city>/say", reading.say_of, "bench_say", do=(LEGAL,), form=False),
    page("bench/<slug:city>/changed", reading.changed, "bench_changed", see=DESK),
    page("bench/<slug:city>/compare", comparing.compare, "bench_compare", see=DESK, do=(LEGAL,)),
    page("bench/<slug:city>/report", reading.report, "bench_report", see=DESK),
    page("bench/<slug:city>/table", reading.table, "bench_table", see=DESK),
    page("bench/<slug:city>/run", reading.run, "bench_run", do=(LEGAL,), form=False),
    page("bench/<slug:city>/questions", questioning.questions, "bench_questions", see=DESK),
    page("bench/<slug:city>/look", questioning.look, "bench_look", do=(LEGAL,), form=False),
    page("bench/<slug:city>/answer", questioning.answer, "bench_answer", do=(LEGAL,), form=False),
    page("bench/<slug:city>/write", writing.write, "bench_write", do=(LEGAL,)),
    page("bench/<slug:city>/gaps", begun.gaps, "bench_gaps", see=DESK, do=(LEGAL,)),
    page("bench/<slug:city>/files", begun.given, "bench_files", see=DESK),
    page("bench/<slug:city>/file", begun.put_file, "bench_file", do=(LEGAL,), form=False),
)
