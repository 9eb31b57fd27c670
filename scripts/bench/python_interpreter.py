"""Times TFLite files with the interpreter of Python's ai-edge-litert package, one thread.

Usage: python_interpreter.py WARMUPS RUNS FILE...
Prints {"version": ..., "ms": [median milliseconds of one inference of each file]}.
"""

import json
import statistics
import sys
import time
from importlib.metadata import version

import numpy
from ai_edge_litert.interpreter import Interpreter


def median_ms(path, warmups, runs):
    interpreter = Interpreter(model_path=path, num_threads=1)
    interpreter.allocate_tensors()
    wanted = interpreter.get_input_details()[0]
    value = 0.1 if wanted["dtype"] == numpy.float32 else 140
    picture = numpy.full(wanted["shape"], value, dtype=wanted["dtype"])
    times = []
    for run in range(warmups + runs):
        interpreter.set_tensor(wanted["index"], picture)
        start = time.perf_counter()
        interpreter.invoke()
        if run >= warmups:
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


warmups, runs = int(sys.argv[1]), int(sys.argv[2])
json.dump(
    {
        "version": version("ai-edge-litert"),
        "ms": [round(median_ms(path, warmups, runs), 2) for path in sys.argv[3:]],
    },
    sys.stdout,
)
