"""gan-lab's training in PyTorch, eager, as its tutorials write it, on one thread.

Spared is what a learner of GANs might waste: D's update runs G without a graph, and G's update computes
no gradients of D's parameters.
"""

from itertools import cycle

import numpy
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from peer import REAL_WEIGHT, Job, Parameters, Run, serve

torch.set_num_threads(1)


def network(inputs: int, configuration: dict, outputs: int, *activation: nn.Module) -> nn.Sequential:
    # GAN Lab counts n hidden layers where n + 1 layers of neurons lie between inputs and outputs.
    widths = [inputs] + [configuration["neurons"]] * (configuration["hidden_layers"] + 1)
    hidden = [layer for pair in zip(widths, widths[1:]) for layer in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(*hidden, nn.Linear(widths[-1], outputs), *activation)


def assign(network: nn.Sequential, parameters: Parameters, name: str) -> None:
    """Copies gan-lab's `name.0.weight`, … into the network's linear layers."""
    linear = (layer for layer in network if isinstance(layer, nn.Linear))
    with torch.no_grad():
        for n, layer in enumerate(linear):
            layer.weight.copy_(torch.from_numpy(parameters[f"{name}.{n}.weight"]))
            layer.bias.copy_(torch.from_numpy(parameters[f"{name}.{n}.bias"]))


def read(network: nn.Sequential, name: str) -> Parameters:
    linear = (layer for layer in network if isinstance(layer, nn.Linear))
    return {
        f"{name}.{n}.{part}": getattr(layer, part).detach().numpy().copy()
        for n, layer in enumerate(linear)
        for part in ("weight", "bias")
    }


class TorchRun(Run):
    def __init__(self, job: Job):
        self.job = job
        self.g_configuration, self.d_configuration = job.configuration["generator"], job.configuration["discriminator"]
        self.generator = network(job.noise.shape[2], self.g_configuration, 2, nn.Tanh())
        self.discriminator = network(2, self.d_configuration, 1)
        self.real_batches, self.noise_batches = list(torch.from_numpy(job.real)), list(torch.from_numpy(job.noise))
        # One-sided: 0.95 weighs the real batch, the fake one has weight 1.
        samples = job.real.shape[1]
        self.ones, self.zeros = torch.ones(samples, 1), torch.zeros(samples, 1)

        self.g_parameters = list(self.generator.parameters())
        self.g_optimizer = torch.optim.SGD(self.g_parameters, lr=self.g_configuration["learning_rate"])
        self.d_optimizer = torch.optim.SGD(self.discriminator.parameters(), lr=self.d_configuration["learning_rate"])

    def reset(self) -> None:
        assign(self.generator, self.job.init, "generator")
        assign(self.discriminator, self.job.init, "discriminator")
        self.real, self.noise = cycle(self.real_batches), cycle(self.noise_batches)

    def train(self, epochs: int) -> None:
        generator, discriminator, real, noise = self.generator, self.discriminator, self.real, self.noise
        g_optimizer, d_optimizer = self.g_optimizer, self.d_optimizer
        for _ in range(epochs):
            for _ in range(self.d_configuration["updates_per_epoch"]):
                with torch.no_grad():
                    fake = generator(next(noise))
                d_optimizer.zero_grad()
                self.discriminator_loss(discriminator(next(real)), discriminator(fake)).backward()
                d_optimizer.step()
            for _ in range(self.g_configuration["updates_per_epoch"]):
                g_optimizer.zero_grad()
                loss = cross_entropy(discriminator(generator(next(noise))), self.ones)
                loss.backward(inputs=self.g_parameters)
                g_optimizer.step()

    def discriminator_loss(self, real_logits: Tensor, fake_logits: Tensor) -> Tensor:
        return REAL_WEIGHT * cross_entropy(real_logits, self.ones) + cross_entropy(fake_logits, self.zeros)

    def parameters(self) -> Parameters:
        return read(self.generator, "generator") | read(self.discriminator, "discriminator")


if __name__ == "__main__":
    serve(TorchRun, {"torch": torch.__version__, "numpy": numpy.__version__})
