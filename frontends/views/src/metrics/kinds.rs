//! The kinds of charts. Two are seen at a time; the reader chooses which in the charts' heads.

use super::axes::Axis;

/// One of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chart {
    /// Losses of both networks.
    Losses,
    /// How far fake samples are from real ones.
    Divergences,
    /// How D's outputs are spread now, on real and on fake samples.
    Outputs,
    /// How many bins differ, which modes are covered, how many samples lie near one.
    Coverage,
    /// How large the gradients are.
    Gradients,
    /// How far an update moves the networks.
    Movement,
    /// Hidden units that nothing passes.
    DeadUnits,
    /// D's loss over a window: its mean and how far it strays.
    MeanLoss,
}

impl Chart {
    /// In the order in which they are offered.
    pub(super) const ALL: [Self; 8] = [
        Self::Losses,
        Self::Divergences,
        Self::Outputs,
        Self::Coverage,
        Self::Gradients,
        Self::Movement,
        Self::DeadUnits,
        Self::MeanLoss,
    ];

    /// The two charts that are seen at first, as in GAN Lab.
    pub(super) const FIRST: [Self; 2] = [Self::Losses, Self::Divergences];

    /// Its heading.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Losses => "Losses",
            Self::Divergences => "Divergences",
            Self::Outputs => "D's outputs",
            Self::Coverage => "Coverage",
            Self::Gradients => "Gradients",
            Self::Movement => "Movement",
            Self::DeadUnits => "Dead units",
            Self::MeanLoss => "Mean loss",
        }
    }

    /// Its words in the list of charts.
    pub(super) const fn offer(self) -> &'static str {
        match self {
            Self::Losses => "Losses of D and G",
            Self::Divergences => "Divergences: KL and JS",
            Self::Outputs => "D's outputs on real and on fake samples",
            Self::Coverage => "Coverage: NDB/K, modes, high-quality samples",
            Self::Gradients => "Gradients: their norm",
            Self::Movement => "Movement: distance per update",
            Self::DeadUnits => "Dead units: their share",
            Self::MeanLoss => "Mean loss of D, and how far it strays",
        }
    }

    /// A sentence that names its quantity and unit.
    pub(super) const fn explanation(self) -> &'static str {
        match self {
            Self::Losses => "The loss of each network at its last update, in nats with log loss",
            Self::Divergences => "How far fake samples are from real ones, in bits",
            Self::Outputs => {
                "How D's outputs are spread over 2,500 real and 2,500 fake samples. Two heaps apart: D can tell \
                 them. One heap over the other in the middle: it cannot."
            }
            Self::Coverage => "How much of the target the generator makes, in percent",
            Self::Gradients => {
                "The norm of each network's gradient at its last measured update: near nothing, it learns nothing; \
                 very large, it is thrown about"
            }
            Self::Movement => {
                "How far an update moves all of a network's weights and biases together: the norm of their change"
            }
            Self::DeadUnits => {
                "The share of hidden ReLUs that are 0 for every sample: no gradient passes them, so they learn nothing"
            }
            Self::MeanLoss => {
                "The mean of D's loss over the last epochs, at most 5,120, and around it one standard deviation"
            }
        }
    }

    /// Its vertical axis at first: by powers of ten if small values matter.
    pub(super) const fn usual_axis(self) -> Axis {
        match self {
            Self::Divergences | Self::Gradients | Self::Movement => Axis::Logarithmic,
            Self::Losses | Self::Outputs | Self::Coverage | Self::DeadUnits | Self::MeanLoss => Axis::Linear,
        }
    }

    /// Whether there is a choice of axes: shares have room from 0 to 100 %.
    pub(super) const fn has_axes(self) -> bool {
        !matches!(self, Self::Outputs | Self::Coverage | Self::DeadUnits)
    }

    /// Whether it is of a course over epochs.
    pub(super) const fn has_course(self) -> bool {
        !matches!(self, Self::Outputs)
    }

    /// Whether it is of figures that are taken at a few epochs only.
    pub(super) const fn is_sparse(self) -> bool {
        !matches!(self, Self::Losses | Self::Divergences)
    }

    /// Words for a chart that has nothing to draw.
    pub(super) const fn nothing(self) -> &'static str {
        match self {
            Self::Losses => "No update yet",
            Self::Divergences | Self::Outputs | Self::Coverage => "Nothing measured yet",
            Self::Gradients | Self::Movement | Self::MeanLoss => {
                "Measured in every 40th epoch of a run that plays"
            }
            Self::DeadUnits => "No hidden unit is a ReLU, so none can die",
        }
    }
}
