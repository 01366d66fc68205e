"""Golden numbers of the classical methods, from statsmodels and statsforecast.

    python -m venv venv
    venv/bin/pip install statsmodels==0.14.4 statsforecast==2.0.1 scipy==1.15.3 numpy==2.4.6 pandas==2.3.3 numba==0.68.1
    venv/bin/python test/forecasting/golden/make.py > test/forecasting/golden/classical.json

The series are made here, so that they carry nobody's licence.
"""

import json
import warnings

import numpy as np
from statsforecast import models
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing, SimpleExpSmoothing

warnings.filterwarnings("ignore")
HORIZON = 6


def numbers(values):
    return [float(value) for value in values]


def made_series():
    rng = np.random.default_rng(6)
    t = np.arange(60)
    season = 1 + 0.3 * np.sin(2 * np.pi * t / 4 + 1)
    walk = np.cumsum(rng.normal(0, 3, 60))
    return {
        "level": (np.round(50 + 0.3 * walk + rng.normal(0, 6, 60), 2), 1),
        "trend": (np.round(40 + 1.5 * t + walk + rng.normal(0, 4, 60), 2), 1),
        "seasonal": (np.round((60 + 0.8 * t) * season * np.exp(rng.normal(0, 0.05, 60)), 2), 4),
        "short": (np.array([12.0, 15.0, 11.0, 17.0, 16.0, 21.0, 18.0, 24.0, 22.0]), 1),
        "intermittent": ((rng.random(60) < 0.3) * (1 + rng.poisson(3, 60)).astype(float), 1),
        "lumpy": ((rng.random(60) < 0.15) * np.round(rng.lognormal(2, 1, 60) + 1), 1),
        "zeros": (np.zeros(12), 1),
    }


def statsforecast_of(model, series):
    return numbers(model.forecast(y=np.asarray(series, dtype=float), h=HORIZON)["mean"])


def smoothing(series):
    fit = SimpleExpSmoothing(series, initialization_method="estimated").fit()
    given = SimpleExpSmoothing(series, initialization_method="known", initial_level=series[0]).fit(smoothing_level=0.3, optimized=False)
    return {
        "ses": {"sse": float(fit.sse), "alpha": float(fit.params["smoothing_level"]), "forecast": numbers(fit.forecast(HORIZON))},
        "ses, alpha 0.3 from the first value": numbers(given.forecast(HORIZON)),
    }


GIVEN = {"alpha": 0.3, "beta": 0.1, "phi": 0.9, "gamma": 0.2}


def holt_winters(series, season, damped):
    shape = {"trend": "add", "damped_trend": damped, "seasonal": "mul" if season > 1 else None, "seasonal_periods": season if season > 1 else None}
    seasons = [1.2, 1.1, 0.8, 0.9] if season > 1 else None
    known = ExponentialSmoothing(
        series, **shape, initialization_method="known", initial_level=50, initial_trend=1, initial_seasonal=seasons
    ).fit(
        smoothing_level=GIVEN["alpha"],
        smoothing_trend=GIVEN["beta"],
        smoothing_seasonal=GIVEN["gamma"] if season > 1 else None,
        damping_trend=GIVEN["phi"] if damped else None,
        optimized=False,
    )
    given = numbers(known.forecast(HORIZON))
    if season > 1:
        # statsmodels leaves the last value's update of its season out of the forecast for that phase, and of no other: it is not compared.
        given[season - 1] = None
    best = ExponentialSmoothing(series, **shape, initialization_method="estimated", bounds={"damping_trend": (0.8, 0.98)} if damped else None).fit()
    return {
        "given": {**GIVEN, "phi": GIVEN["phi"] if damped else 1, "level": 50, "trend": 1, "season": seasons or [], "forecast": given},
        "best": {"sse": float(best.sse), "forecast": numbers(best.forecast(HORIZON))},
    }


def standard_theta(series, season):
    model = ThetaModel(series, period=season, deseasonalize=season > 1, use_test=True, method="multiplicative")
    fit = model.fit()
    return {"alpha": float(fit.params["alpha"]), "forecast": numbers(fit.forecast(HORIZON, theta=2))}


def dynamic_theta(series):
    model = models.DynamicOptimizedTheta(season_length=1).fit(np.asarray(series, dtype=float))
    par = model.model_["par"]
    return {
        "level": float(par["initial_smoothed"]),
        "alpha": float(par["alpha"]),
        "theta": float(par["theta"]),
        "forecast": numbers(model.predict(h=HORIZON)["mean"]),
    }


def main():
    golden = {}
    for name, (series, season) in made_series().items():
        entry = {"season": season, "series": numbers(series)}
        entry["naive"] = statsforecast_of(models.Naive(), series)
        entry["seasonal-naive"] = statsforecast_of(models.SeasonalNaive(season_length=season), series)
        entry["moving-average of 8"] = statsforecast_of(models.WindowAverage(window_size=8), series)
        entry["croston"] = statsforecast_of(models.CrostonClassic(), series)
        # statsforecast takes 5 % off, which is 1 - alpha / 2 for its alpha of 0.1.
        entry["sba"] = statsforecast_of(models.CrostonSBA(), series)
        entry["tsb, 0.2 and 0.1"] = statsforecast_of(models.TSB(alpha_d=0.2, alpha_p=0.1), series)
        if name in ("level", "trend", "seasonal"):
            entry.update(smoothing(series))
            entry["standard theta"] = standard_theta(series, season)
            for damped in (False, True):
                entry["damped-trend" if damped else "holt-winters"] = holt_winters(series, season, damped)
        if name in ("level", "trend"):
            entry["theta"] = dynamic_theta(series)
        golden[name] = entry
    print(json.dumps(golden, indent=1))


main()
