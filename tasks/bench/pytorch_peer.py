"""The work of `deno task bench:blas` in PyTorch: Hopper at the reference's sizes.

Run beside it on a quiet machine, with the same number of threads for the matrix products of both:

    OPENBLAS_NUM_THREADS=1 python3 tasks/bench/pytorch_peer.py 1
    deno task bench:blas --blas-threads 1

The argument is PyTorch's own number of threads. Sizes and equations are those of the reference; numbers are random,
and what does not cost time (signs of coefficients, schedules of rates) is left out.
"""
import copy
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

OBS, HORIZON, ACTIONS, STEPS, FINE_TUNED = 11, 4, 3, 20, 10
CHUNK, BATCH, DPPO_BATCH = HORIZON * ACTIONS, 1000, 5000
COEFFICIENTS = [torch.rand(STEPS) for _ in range(5)]


class TimeFeatures(nn.Module):
    def forward(self, t):
        angle = t[:, None] * torch.exp(torch.arange(8) * -(math.log(10000) / 7))[None]
        return torch.cat((angle.sin(), angle.cos()), -1)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = nn.Linear(width, width), nn.Linear(width, width)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


class Actor(nn.Module):
    """The denoiser: 553 020 parameters."""

    def __init__(self, width=512):
        super().__init__()
        self.time = nn.Sequential(TimeFeatures(), nn.Linear(16, 32), nn.Mish(), nn.Linear(32, 16))
        self.trunk = nn.Sequential(nn.Linear(CHUNK + 16 + OBS, width), Residual(width), nn.Linear(width, CHUNK))

    def forward(self, x, t, observation):
        return self.trunk(torch.cat((x, self.time(t), observation), -1))


def mlp(inputs, width=256):
    hidden = [nn.Linear(inputs, width), nn.Mish(), nn.Linear(width, width), nn.Mish(), nn.Linear(width, width), nn.Mish()]
    return nn.Sequential(*hidden, nn.Linear(width, 1))


class TwinCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.q1, self.q2 = mlp(OBS + CHUNK), mlp(OBS + CHUNK)

    def forward(self, observation, action):
        x = torch.cat((observation, action), -1)
        return self.q1(x).squeeze(1), self.q2(x).squeeze(1)


def coefficients(t):
    return [c.gather(-1, t)[:, None] for c in COEFFICIENTS]


def posterior(x, noise, t):
    """Mean and standard deviation of x_{t−1}."""
    a, b, c, d, log_variance = coefficients(t)
    clean = (a * x - b * noise).clamp(-1, 1)
    return c * clean + d * x, torch.clip(torch.exp(0.5 * log_variance), min=0.1)


def sample(observation, actor, fine_tuned=None):
    """All denoising steps. The reference's fine-tuned policy asks the frozen actor in every step, and then its own."""
    rows = len(observation)
    x = torch.randn(rows, CHUNK)
    for step in reversed(range(STEPS)):
        t = torch.full((rows,), step, dtype=torch.long)
        noise = actor(x, t, observation)
        if fine_tuned is not None and step < FINE_TUNED:
            noise = fine_tuned(x, t, observation)
        mean, std = posterior(x, noise, t)
        x = mean + std * torch.randn_like(x).clamp(-3, 3)
    return x.clamp(-1, 1)


def noised(action):
    t, noise = torch.randint(0, STEPS, (len(action),)), torch.randn_like(action)
    a, b = coefficients(t)[:2]
    return a * action + b * noise, t, noise


actor, fine_tuned, critic, value, baseline = Actor(), Actor(), TwinCritic(), mlp(OBS), mlp(OBS)
target_actor, target_critic = copy.deepcopy(actor), copy.deepcopy(critic)
optimizers = {
    network: torch.optim.AdamW(network.parameters(), 1e-4, weight_decay=0)
    for network in (actor, fine_tuned, critic, value, baseline)
}


def descend(loss, *networks):
    for network in networks:
        optimizers[network].zero_grad()
    loss.backward()
    for network in networks:
        optimizers[network].step()


@torch.no_grad()
def follow(target, network, rate=0.005):
    for old, new in zip(target.parameters(), network.parameters()):
        old.copy_((1 - rate) * old + rate * new)


def transitions():
    return torch.randn(BATCH, OBS), torch.randn(BATCH, CHUNK), torch.randn(BATCH), torch.randn(BATCH, OBS)


def fit_critic(observation, action, reward, later, next_policy):
    with torch.no_grad():
        goal = reward + 0.99 * torch.min(*target_critic(later, sample(later, next_policy)))
    q1, q2 = critic(observation, action)
    descend(F.mse_loss(q1, goal) + F.mse_loss(q2, goal), critic)


def imitation(observation, action):
    x, t, noise = noised(action)
    return F.mse_loss(actor(x, t, observation), noise)


def dppo():
    """One minibatch: 5000 chunks, ten denoising steps of each."""
    rows = DPPO_BATCH * FINE_TUNED
    observation, chain = torch.randn(DPPO_BATCH, OBS), torch.randn(DPPO_BATCH, FINE_TUNED + 1, CHUNK)
    old, advantage, returns = torch.randn(rows, CHUNK), torch.randn(DPPO_BATCH), torch.randn(DPPO_BATCH)
    asked = observation.repeat_interleave(FINE_TUNED, 0)
    x, x_next = chain[:, :-1].reshape(rows, CHUNK), chain[:, 1:].reshape(rows, CHUNK)
    t = torch.arange(FINE_TUNED - 1, -1, -1).repeat(DPPO_BATCH)
    with torch.no_grad():
        noise = actor(x, t, asked)
    chosen = torch.where(t < FINE_TUNED)[0]
    noise[chosen] = fine_tuned(x[chosen], t[chosen], asked[chosen])
    mean, std = posterior(x, noise, t)
    log_prob = torch.distributions.Normal(mean, std).log_prob(x_next).clamp(-5, 2).mean(-1)
    scaled = advantage.repeat_interleave(FINE_TUNED)
    scaled = (scaled - scaled.mean()) / (scaled.std() + 1e-8)
    ratio = (log_prob - old.clamp(-5, 2).mean(-1)).exp()
    policy_loss = torch.max(-scaled * ratio, -scaled * ratio.clamp(0.99, 1.01)).mean()
    value_loss = 0.5 * F.mse_loss(baseline(observation).squeeze(1), returns)
    descend(policy_loss + 0.5 * value_loss, fine_tuned, baseline)


def dipo():
    observation, action, reward, later = transitions()
    fit_critic(observation, action, reward, later, target_actor)
    better = action.clone().requires_grad_(True)
    ascent = torch.optim.Adam([better], 1e-4, eps=1e-5)
    for _ in range(10):
        ascent.zero_grad()
        (-torch.min(*critic(observation, better))).sum().backward()
        nn.utils.clip_grad_norm_([better], 1.2)
        ascent.step()
        better.data.clamp_(-1, 1)
    descend(imitation(observation, better.detach()), actor)
    follow(target_critic, critic)
    follow(target_actor, actor)


def idql():
    observation, action, reward, later = transitions()
    with torch.no_grad():
        goal = torch.min(*target_critic(observation, action))
    difference = goal - value(observation).squeeze(1)
    descend((torch.where(difference > 0, 0.8, 0.2) * difference**2).mean(), value)
    with torch.no_grad():
        goal = reward + 0.99 * value(later).squeeze(1)
    q1, q2 = critic(observation, action)
    descend(F.mse_loss(q1, goal) + F.mse_loss(q2, goal), critic)
    follow(target_critic, critic)
    descend(imitation(observation, action), actor)


def dawr():
    observation, action, advantage, goal = *transitions()[:3], torch.randn(BATCH)
    descend(((value(observation) - goal) ** 2).mean(), value)
    scaled = (advantage - advantage.mean()) / (advantage.std() + 1e-6)
    weight = torch.exp(10 * scaled).clamp(max=100)
    x, t, noise = noised(action)
    descend((weight * ((actor(x, t, observation) - noise) ** 2).mean(-1)).mean(), actor)


def qsm():
    observation, action, reward, later = transitions()
    fit_critic(observation, action, reward, later, actor)
    x, t, _ = noised(action)
    x.requires_grad_(True)
    q1, q2 = critic(observation, x)
    score = torch.autograd.grad(0.5 * (q1 + q2).sum(), x)[0]
    descend(((actor(x.detach(), t, observation) + 10 * score) ** 2).mean(), actor)
    follow(target_critic, critic)


def dql():
    observation, action, reward, later = transitions()
    fit_critic(observation, action, reward, later, actor)
    proposed = sample(observation, actor)
    q1, q2 = critic(observation, proposed)
    descend(imitation(observation, proposed) - q1.mean() / q2.abs().mean().detach(), actor)
    follow(target_critic, critic)


def shortest(run, seconds=4):
    """The shortest of some calls in milliseconds, after one to warm up."""
    run()
    best, end = math.inf, time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return 1e3 * best


def sampling(rows, *policy):
    observation = torch.randn(rows, OBS)
    with torch.no_grad():
        return shortest(lambda: sample(observation, *policy))


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]))
    print(f"PyTorch {torch.__version__}, {sys.argv[1]} thread(s) of its own")
    for rows in (1, 40):
        print(f"hopper, sampling at {rows} observations, one actor      {sampling(rows, actor):8.1f} ms")
        print(f"hopper, sampling at {rows} observations, fine-tuned     {sampling(rows, actor, fine_tuned):8.1f} ms")
    print(f"hopper, DPPO minibatch of {DPPO_BATCH} chunks               {shortest(dppo, 12):8.1f} ms")
    for update in (dipo, idql, dawr, qsm, dql):
        print(f"hopper, {update.__name__:4} update from one minibatch            {shortest(update):8.1f} ms")
