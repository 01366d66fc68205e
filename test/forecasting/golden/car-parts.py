"""Accuracy of statsforecast's methods on the car parts, for bench/car-parts.ts; set up as make.py says.

    venv/bin/python test/forecasting/golden/car-parts.py FOLDER, where FOLDER holds carparts.csv.gz

Parts known over all 51 months; the last 6 are held out. MASE and RMSSE are means over the parts that change before, of mean absolute and root mean squared errors
over those of the naive forecast.
"""

import json
import sys

import numpy as np
import pandas as pd
from statsforecast import models

HORIZON = 6
METHODS = {
    "naive": models.Naive(),
    "moving-average": models.WindowAverage(window_size=8),
    "croston": models.CrostonClassic(),
    "sba": models.CrostonSBA(),
    "tsb": models.TSB(alpha_d=0.1, alpha_p=0.1),
}


def main(folder):
    table = pd.read_csv(f"{folder}/carparts.csv.gz", index_col=0).dropna()
    values = table.to_numpy(dtype=float)
    train, test = values[:, :-HORIZON], values[:, -HORIZON:]
    changes = np.diff(train, axis=1)
    absolute, squared = np.abs(changes).mean(axis=1), (changes**2).mean(axis=1)
    kept = absolute > 0
    results = {"parts": int(kept.sum())}
    for name, model in METHODS.items():
        forecast = np.array([model.forecast(y=row, h=HORIZON)["mean"] for row in train])
        error = test - forecast
        mase = (np.abs(error).mean(axis=1)[kept] / absolute[kept]).mean()
        rmsse = np.sqrt((error**2).mean(axis=1)[kept] / squared[kept]).mean()
        results[name] = {"mase": round(float(mase), 5), "rmsse": round(float(rmsse), 5)}
    print(json.dumps(results))


main(sys.argv[1])
