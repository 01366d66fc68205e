"""Stable-Baselines3 on the task of `npm run -s bench -- ppo` and `-- dqn`: lost sales, Poisson demand with mean 5, p = 4, lead time 4.

    python3 -m venv venv && venv/bin/pip install stable-baselines3==2.9.2 numpy && venv/bin/python bench/stable-baselines3.py

Twice: with one Gymnasium environment per lane in a DummyVecEnv, which is what `make_vec_env` gives and how it is commonly used, and with all lanes
stepped at once in numpy, so that the environment costs it as little as it can. One thread. Prints one JSON object.
"""

import importlib.metadata
import json
import sys
import time

import gymnasium
import numpy as np
import stable_baselines3
import torch
from stable_baselines3.common.vec_env import DummyVecEnv, VecEnv

LEAD_TIME, SHORTAGE_COST, MEAN_DEMAND, MOST = 4, 4.0, 5.0, 11


class LostSales(VecEnv):
    """On hand and pipeline, added up from the front and divided by mean demand; rewards are minus cost, centred and scaled as there. Never ends."""

    def __init__(self, lanes):
        observations = gymnasium.spaces.Box(-np.inf, np.inf, (LEAD_TIME,), np.float32)
        super().__init__(lanes, observations, gymnasium.spaces.Discrete(MOST + 1))
        self.random = np.random.default_rng(1)
        self.infos = [{} for _ in range(lanes)]
        self.ended = np.zeros(lanes, dtype=bool)

    def reset(self):
        self.stock = self.random.integers(0, 12, (self.num_envs, LEAD_TIME)).astype(np.float64)
        return self.observe()

    def observe(self):
        return (np.cumsum(self.stock, axis=1) / MEAN_DEMAND).astype(np.float32)

    def step_async(self, actions):
        self.actions = actions

    def step_wait(self):
        demand = self.random.poisson(MEAN_DEMAND, self.num_envs)
        stock = self.stock
        left = stock[:, 0] - demand
        on_hand = np.maximum(left, 0)
        cost = on_hand + SHORTAGE_COST * np.maximum(-left, 0)
        stock[:, :-1] = stock[:, 1:]
        stock[:, -1] = self.actions
        stock[:, 0] += on_hand
        return self.observe(), (0.1 * (5 - cost)).astype(np.float32), self.ended.copy(), self.infos

    def close(self):
        pass

    def get_attr(self, name, indices=None):
        return [getattr(self, name, None)] * self.num_envs

    def set_attr(self, name, value, indices=None):
        raise NotImplementedError

    def env_method(self, name, *arguments, indices=None, **keywords):
        raise NotImplementedError

    def env_is_wrapped(self, wrapper, indices=None):
        return [False] * self.num_envs


class LostSalesLane(gymnasium.Env):
    """One lane of the same, as an environment of its own."""

    def __init__(self, seed):
        self.observation_space = gymnasium.spaces.Box(-np.inf, np.inf, (LEAD_TIME,), np.float32)
        self.action_space = gymnasium.spaces.Discrete(MOST + 1)
        self.random = np.random.default_rng(seed)

    def reset(self, *, seed=None, options=None):
        self.stock = self.random.integers(0, 12, LEAD_TIME).tolist()
        return self.observe(), {}

    def observe(self):
        return (np.cumsum(self.stock) / MEAN_DEMAND).astype(np.float32)

    def step(self, action):
        left = self.stock[0] - int(self.random.poisson(MEAN_DEMAND))
        on_hand = max(left, 0)
        cost = on_hand + SHORTAGE_COST * max(-left, 0)
        self.stock = [*self.stock[1:], int(action)]
        self.stock[0] += on_hand
        return self.observe(), 0.1 * (5 - cost), False, False, {}


def one_by_one(lanes):
    return DummyVecEnv([lambda seed=seed: LostSalesLane(seed) for seed in range(lanes)])


def measure(agent, warm, steps):
    """Steps a second by the clock and by this process's CPU time, after so many steps that do not count."""
    agent.learn(warm, reset_num_timesteps=True)
    before = agent.num_timesteps
    clock, cpu = time.perf_counter(), time.process_time()
    agent.learn(steps, reset_num_timesteps=False)
    made = agent.num_timesteps - before
    return {
        "steps": made,
        "stepsPerSecond": round(made / (time.perf_counter() - clock)),
        "stepsPerCpuSecond": round(made / (time.process_time() - cpu)),
    }


def plain_ppo(environments):
    network = {"net_arch": {"pi": [32, 32], "vf": [32, 32]}, "activation_fn": torch.nn.ReLU}
    return stable_baselines3.PPO(
        "MlpPolicy", environments, n_steps=64, batch_size=512, n_epochs=4, gamma=0.98, gae_lambda=0.95, learning_rate=2e-3,
        ent_coef=0.01, policy_kwargs=network, seed=1, device="cpu",
    )  # fmt: skip


torch.set_num_threads(1)
results = {
    "ppo, 64 environments": measure(plain_ppo(one_by_one(64)), 64 * 64, 20 * 64 * 64),
    "ppo, 256 environments": measure(plain_ppo(one_by_one(256)), 64 * 256, 5 * 64 * 256),
    "ppo, 64 lanes at once": measure(plain_ppo(LostSales(64)), 64 * 64, 40 * 64 * 64),
    "ppo, 256 lanes at once": measure(plain_ppo(LostSales(256)), 64 * 256, 10 * 64 * 256),
    "ppo, default settings": measure(stable_baselines3.PPO("MlpPolicy", one_by_one(1), seed=1, device="cpu"), 2048, 3 * 2048),
    "dqn, default settings": measure(stable_baselines3.DQN("MlpPolicy", one_by_one(1), seed=1, device="cpu"), 1000, 8000),
}
versions = {name: importlib.metadata.version(name) for name in ("stable_baselines3", "torch", "gymnasium", "numpy")}
print(json.dumps({"benchmark": "stable-baselines3", "python": sys.version.split()[0], **versions, "results": results}))
