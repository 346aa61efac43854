//! Finding and opening a Vulkan device.
//!
//! Three things can be missing, and each has its remedy: the loader (a library), a driver (what the loader
//! looks for), a device (what a driver offers). Devices are sorted discrete, integrated, virtual, CPU.

use std::fmt;
use std::sync::Arc;

use vulkano::device::physical::{PhysicalDevice, PhysicalDeviceType};
use vulkano::device::{DeviceCreateInfo, DeviceExtensions, Queue, QueueCreateInfo, QueueFlags};
use vulkano::instance::{Instance, InstanceCreateFlags, InstanceCreateInfo};
use vulkano::memory::MemoryHeapFlags;
use vulkano::{Validated, Version, VulkanError, VulkanLibrary};

use crate::spirv::FloatControls;

/// No device could be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The Vulkan loader, a shared library, is not installed.
    NoLoader(String),
    /// The loader finds no driver.
    NoDriver(String),
    /// No driver offers a device that computes.
    NoDevice,
    /// No device has this in its name.
    NoSuchDevice {
        /// The name that was asked for.
        wanted: String,
        /// The names there are.
        names: Vec<String>,
    },
    /// The device was found and would not be opened.
    Refused(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLoader(why) => write!(
                f,
                "there is no Vulkan loader on this machine ({why}): install libvulkan1 or the graphics driver"
            ),
            Self::NoDriver(why) => write!(
                f,
                "the Vulkan loader finds no driver ({why}): install the graphics card's, or mesa-vulkan-drivers"
            ),
            Self::NoDevice => f.write_str(
                "no Vulkan driver offers a device that computes: is the graphics card visible to this user?",
            ),
            Self::NoSuchDevice { wanted, names } => {
                let names = names.join(", ");
                write!(
                    f,
                    "no Vulkan device has '{wanted}' in its name; there are {names}"
                )
            }
            Self::Refused(why) => write!(f, "the Vulkan device cannot be opened: {why}"),
        }
    }
}

impl std::error::Error for OpenError {}

/// Properties of a device, for people and for choosing sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name.
    pub name: String,
    /// Its kind: "discrete", "integrated", "virtual", "cpu" or "other".
    pub kind: &'static str,
    /// Its driver's name and version.
    pub driver: String,
    /// The Vulkan version it speaks.
    pub version: String,
    /// Bytes of shared memory of a workgroup. At least 16 KiB.
    pub shared_bytes: u32,
    /// Invocations of a workgroup. At least 128.
    pub invocations: u32,
    /// Bytes of one storage buffer. At least 128 MiB.
    pub buffer_bytes: u32,
    /// Bytes of its own memory, of the largest heap.
    pub memory_bytes: u64,
    /// Floating-point controls that it declares.
    pub controls: FloatControls,
}

impl Facts {
    fn of(physical: &PhysicalDevice) -> Self {
        let properties = physical.properties();
        let info = properties.driver_info.as_deref().filter(|info| !info.is_empty());
        let driver = properties.driver_name.as_deref().unwrap_or("unnamed driver");
        let declared = |value: Option<bool>| value.unwrap_or(false);
        Self {
            name: properties.device_name.clone(),
            kind: match properties.device_type {
                PhysicalDeviceType::DiscreteGpu => "discrete",
                PhysicalDeviceType::IntegratedGpu => "integrated",
                PhysicalDeviceType::VirtualGpu => "virtual",
                PhysicalDeviceType::Cpu => "cpu",
                _ => "other",
            },
            driver: info.map_or_else(|| driver.to_owned(), |info| format!("{driver}, {info}")),
            version: physical.api_version().to_string(),
            shared_bytes: properties.max_compute_shared_memory_size,
            invocations: properties
                .max_compute_work_group_invocations
                .min(properties.max_compute_work_group_size[0]),
            buffer_bytes: properties.max_storage_buffer_range,
            memory_bytes: physical
                .memory_properties()
                .memory_heaps
                .iter()
                .filter(|heap| heap.flags.intersects(MemoryHeapFlags::DEVICE_LOCAL))
                .map(|heap| heap.size)
                .max()
                .unwrap_or(0),
            controls: FloatControls {
                round_to_even: declared(properties.shader_rounding_mode_rte_float32),
                preserve_signs_and_infinities: declared(
                    properties.shader_signed_zero_inf_nan_preserve_float32,
                ),
                preserve_subnormals: declared(properties.shader_denorm_preserve_float32),
            },
        }
    }

    /// Whether it is a processor that plays a graphics card: its loops are limited, its time is not.
    #[must_use]
    pub fn is_cpu(&self) -> bool {
        self.kind == "cpu"
    }
}

/// An opened device.
#[derive(Clone)]
pub struct Device {
    pub(crate) queue: Arc<Queue>,
    facts: Facts,
}

impl Device {
    /// Opens the best device, or the best with `wanted` in its name (upper and lower case the same).
    pub fn open(wanted: Option<&str>) -> Result<Self, OpenError> {
        let devices = found()?;
        let fits = |facts: &Facts| {
            wanted.is_none_or(|wanted| facts.name.to_lowercase().contains(&wanted.to_lowercase()))
        };
        let Some(index) = devices.iter().position(|(_, _, facts)| fits(facts)) else {
            let names = devices.into_iter().map(|(_, _, facts)| facts.name).collect();
            let wanted = wanted.unwrap_or_default().to_owned();
            return Err(OpenError::NoSuchDevice { wanted, names });
        };
        Self::opened(devices[index].clone())
    }

    /// Opens the device at this place of [`Self::list`].
    pub fn open_number(index: usize) -> Result<Self, OpenError> {
        let device = found()?.into_iter().nth(index).ok_or(OpenError::NoDevice)?;
        Self::opened(device)
    }

    fn opened((physical, family, facts): (Arc<PhysicalDevice>, u32, Facts)) -> Result<Self, OpenError> {
        let info = DeviceCreateInfo {
            queue_create_infos: vec![QueueCreateInfo {
                queue_family_index: family,
                ..Default::default()
            }],
            enabled_extensions: DeviceExtensions {
                // Part of Vulkan since 1.2.
                khr_shader_float_controls: physical.api_version() < Version::V1_2
                    && physical.supported_extensions().khr_shader_float_controls,
                ..Default::default()
            },
            ..Default::default()
        };
        let (_, mut queues) = vulkano::device::Device::new(physical, info)
            .map_err(|error| OpenError::Refused(error.to_string()))?;
        let queue = queues
            .next()
            .ok_or_else(|| OpenError::Refused("it has no queue".to_owned()))?;
        Ok(Self { queue, facts })
    }

    /// Every device that computes, the best first.
    pub fn list() -> Result<Vec<Facts>, OpenError> {
        Ok(found()?.into_iter().map(|(_, _, facts)| facts).collect())
    }

    /// The device's properties.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// Every device with a family of queues that computes, the best first; at least one.
fn found() -> Result<Vec<(Arc<PhysicalDevice>, u32, Facts)>, OpenError> {
    let library = VulkanLibrary::new().map_err(|error| OpenError::NoLoader(error.to_string()))?;
    let info = InstanceCreateInfo {
        flags: InstanceCreateFlags::ENUMERATE_PORTABILITY,
        ..Default::default()
    };
    let no_driver = |error: VulkanError| OpenError::NoDriver(error.to_string());
    let instance = Instance::new(library, info).map_err(|error| match error {
        Validated::Error(error) => no_driver(error),
        Validated::ValidationError(error) => OpenError::Refused(error.to_string()),
    })?;
    let devices = instance
        .enumerate_physical_devices()
        .map_err(|error| match error {
            VulkanError::InitializationFailed | VulkanError::IncompatibleDriver => no_driver(error),
            error => OpenError::Refused(error.to_string()),
        })?;
    let computing = |physical: &Arc<PhysicalDevice>| {
        let families = physical.queue_family_properties().iter();
        families
            .map(|family| family.queue_flags)
            .position(|flags| flags.contains(QueueFlags::COMPUTE))
    };
    let mut devices: Vec<_> = devices
        .filter(|physical| physical.api_version() >= Version::V1_1)
        .filter_map(|physical| {
            let family = computing(&physical)? as u32;
            let facts = Facts::of(&physical);
            Some((physical, family, facts))
        })
        .collect();
    devices.sort_by_key(|(_, _, facts)| {
        ["discrete", "integrated", "virtual", "cpu", "other"]
            .iter()
            .position(|kind| *kind == facts.kind)
    });
    match devices.is_empty() {
        true => Err(OpenError::NoDevice),
        false => Ok(devices),
    }
}
