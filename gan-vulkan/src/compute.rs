//! The one place that talks to the device: buffers, pipelines, copies, dispatches.
//!
//! vulkano checks what it can and marks the rest `unsafe`: that a shader is valid and stays within its
//! buffers. Here that rests on naga, which validates and writes the shader, and on sizes that shader and
//! buffers get from one place ([`crate::sizes`]). `spirv-val` and the validation layers look on in the tests.
#![allow(
    unsafe_code,
    reason = "vulkano cannot know that a shader is valid and stays within its buffers"
)]

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use vulkano::buffer::{Buffer, BufferCreateInfo, BufferUsage, Subbuffer};
use vulkano::command_buffer::allocator::StandardCommandBufferAllocator;
use vulkano::command_buffer::{
    AutoCommandBufferBuilder, CommandBufferUsage, CopyBufferInfo, PrimaryAutoCommandBuffer,
    PrimaryCommandBufferAbstract,
};
use vulkano::descriptor_set::allocator::StandardDescriptorSetAllocator;
use vulkano::descriptor_set::{DescriptorSet, WriteDescriptorSet};
use vulkano::memory::allocator::{
    AllocationCreateInfo, DeviceLayout, MemoryTypeFilter, StandardMemoryAllocator,
};
use vulkano::pipeline::compute::ComputePipelineCreateInfo;
use vulkano::pipeline::layout::PipelineDescriptorSetLayoutCreateInfo;
use vulkano::pipeline::{
    ComputePipeline, Pipeline, PipelineBindPoint, PipelineLayout, PipelineShaderStageCreateInfo,
};
use vulkano::query::{QueryPool, QueryPoolCreateInfo, QueryResultFlags, QueryType};
use vulkano::shader::{ShaderModule, ShaderModuleCreateInfo};
use vulkano::sync::{GpuFuture, PipelineStage};
use vulkano::{Validated, VulkanError};

use crate::Device;

/// The device did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// Its memory is used up, or the host's.
    #[error("the Vulkan device is out of memory")]
    OutOfMemory,
    /// It is gone: reset by its driver, or pulled out.
    #[error("the Vulkan device was lost: its driver has reset it")]
    Lost,
    /// Something else, in the driver's words.
    #[error("the Vulkan device failed: {0}")]
    Other(String),
}

fn failed(error: impl Into<Validated<VulkanError>>) -> ComputeError {
    match error.into() {
        Validated::Error(VulkanError::OutOfDeviceMemory | VulkanError::OutOfHostMemory) => {
            ComputeError::OutOfMemory
        }
        Validated::Error(VulkanError::DeviceLost) => ComputeError::Lost,
        Validated::Error(error) => other(error),
        Validated::ValidationError(error) => other(error),
    }
}

fn other(error: impl fmt::Display) -> ComputeError {
    ComputeError::Other(error.to_string())
}

/// Words on the device.
pub(crate) type Words = Subbuffer<[u32]>;

/// A compiled shader.
#[derive(Clone)]
pub(crate) struct Kernel {
    pipeline: Arc<ComputePipeline>,
}

/// The buffers a kernel works on.
pub(crate) struct Bound {
    kernel: Kernel,
    buffers: Arc<DescriptorSet>,
}

/// A device with what it takes to give it work.
pub(crate) struct Computer {
    device: Device,
    memory: Arc<StandardMemoryAllocator>,
    commands: Arc<StandardCommandBufferAllocator>,
    sets: Arc<StandardDescriptorSetAllocator>,
    timestamps: Option<Arc<QueryPool>>,
}

impl Computer {
    pub(crate) fn new(device: Device) -> Result<Self, ComputeError> {
        let logical = device.queue.device().clone();
        let family = device.queue.queue_family_index() as usize;
        let properties = &logical.physical_device().queue_family_properties()[family];
        let timestamps = match properties.timestamp_valid_bits {
            None => None,
            Some(_) => {
                let info = QueryPoolCreateInfo {
                    query_count: 2,
                    ..QueryPoolCreateInfo::query_type(QueryType::Timestamp)
                };
                Some(QueryPool::new(logical.clone(), info).map_err(failed)?)
            }
        };
        Ok(Self {
            device,
            memory: Arc::new(StandardMemoryAllocator::new_default(logical.clone())),
            commands: Arc::new(StandardCommandBufferAllocator::new(
                logical.clone(),
                Default::default(),
            )),
            sets: Arc::new(StandardDescriptorSetAllocator::new(logical, Default::default())),
            timestamps,
        })
    }

    pub(crate) const fn device(&self) -> &Device {
        &self.device
    }

    fn allocate(&self, words: usize, filter: MemoryTypeFilter) -> Result<Words, ComputeError> {
        let info = BufferCreateInfo {
            usage: BufferUsage::STORAGE_BUFFER | BufferUsage::TRANSFER_SRC | BufferUsage::TRANSFER_DST,
            ..Default::default()
        };
        let allocation = AllocationCreateInfo {
            memory_type_filter: filter,
            ..Default::default()
        };
        let layout = DeviceLayout::new_unsized::<[u32]>(words.max(1) as u64)
            .ok_or_else(|| other("a buffer of no size"))?;
        let buffer = Buffer::new(self.memory.clone(), info, allocation, layout).map_err(|error| {
            use vulkano::buffer::AllocateBufferError as Allocating;
            use vulkano::memory::allocator::MemoryAllocatorError as Memory;
            match error {
                Validated::Error(Allocating::AllocateMemory(Memory::AllocateDeviceMemory(error))) => {
                    failed(error)
                }
                Validated::Error(Allocating::AllocateMemory(Memory::OutOfPoolMemory)) => {
                    ComputeError::OutOfMemory
                }
                Validated::Error(Allocating::CreateBuffer(error) | Allocating::BindMemory(error)) => {
                    failed(error)
                }
                error => other(error),
            }
        })?;
        Ok(Subbuffer::new(buffer).reinterpret())
    }

    /// So many words on the device; what they hold is left open.
    pub(crate) fn buffer(&self, words: usize) -> Result<Words, ComputeError> {
        self.allocate(words, MemoryTypeFilter::PREFER_DEVICE)
    }

    /// Words of the host on the device.
    pub(crate) fn upload(&self, words: &[u32], to: &Words) -> Result<(), ComputeError> {
        let filter = MemoryTypeFilter::PREFER_HOST | MemoryTypeFilter::HOST_SEQUENTIAL_WRITE;
        let staging = self.allocate(words.len(), filter)?;
        staging.write().map_err(other)?[..words.len()].copy_from_slice(words);
        let to = to.clone().slice(0..staging.len());
        self.copy(staging, to)
    }

    /// Words of the device, from the beginning of a buffer.
    pub(crate) fn download(&self, from: &Words, words: &mut [u32]) -> Result<(), ComputeError> {
        let filter = MemoryTypeFilter::PREFER_HOST | MemoryTypeFilter::HOST_RANDOM_ACCESS;
        let staging = self.allocate(words.len(), filter)?;
        self.copy(from.clone().slice(0..staging.len()), staging.clone())?;
        words.copy_from_slice(&staging.read().map_err(other)?[..words.len()]);
        Ok(())
    }

    fn copy(&self, from: Words, to: Words) -> Result<(), ComputeError> {
        let mut builder = self.builder()?;
        builder
            .copy_buffer(CopyBufferInfo::buffers(from, to))
            .map_err(other)?;
        self.execute(builder)
    }

    fn builder(&self) -> Result<AutoCommandBufferBuilder<PrimaryAutoCommandBuffer>, ComputeError> {
        let family = self.device.queue.queue_family_index();
        let usage = CommandBufferUsage::OneTimeSubmit;
        AutoCommandBufferBuilder::primary(self.commands.clone(), family, usage).map_err(failed)
    }

    /// Runs what was recorded and waits for its end.
    fn execute(
        &self,
        builder: AutoCommandBufferBuilder<PrimaryAutoCommandBuffer>,
    ) -> Result<(), ComputeError> {
        let buffer = builder.build().map_err(failed)?;
        let running = buffer.execute(self.device.queue.clone()).map_err(other)?;
        let running = running.then_signal_fence_and_flush().map_err(failed)?;
        running.wait(None).map_err(failed)
    }

    /// A kernel of SPIR-V words with an entry point `main`.
    pub(crate) fn kernel(&self, spirv: &[u32]) -> Result<Kernel, ComputeError> {
        let device = self.device.queue.device();
        // SAFETY: the words are a module that naga has validated and written.
        let module = unsafe { ShaderModule::new(device.clone(), ShaderModuleCreateInfo::new(spirv)) };
        let module = module.map_err(failed)?;
        let entry = module
            .entry_point("main")
            .ok_or_else(|| other("the shader has no entry point"))?;
        let stage = PipelineShaderStageCreateInfo::new(entry);
        let layout = PipelineDescriptorSetLayoutCreateInfo::from_stages([&stage])
            .into_pipeline_layout_create_info(device.clone())
            .map_err(|error| other(error.error))?;
        let layout = PipelineLayout::new(device.clone(), layout).map_err(failed)?;
        let info = ComputePipelineCreateInfo::stage_layout(stage, layout);
        let pipeline = ComputePipeline::new(device.clone(), None, info).map_err(failed)?;
        Ok(Kernel { pipeline })
    }

    /// A kernel with its buffers 0, 1, 2 …
    pub(crate) fn bind(&self, kernel: &Kernel, buffers: &[&Words]) -> Result<Bound, ComputeError> {
        let layout = kernel.pipeline.layout().set_layouts()[0].clone();
        let writes = (0..).zip(buffers);
        let writes = writes.map(|(binding, buffer)| WriteDescriptorSet::buffer(binding, (*buffer).clone()));
        let buffers = DescriptorSet::new(self.sets.clone(), layout, writes, []).map_err(failed)?;
        let kernel = kernel.clone();
        Ok(Bound { kernel, buffers })
    }

    /// Runs a kernel once with `groups` workgroups and waits; the time it took on the device, or on the wall
    /// where the device keeps none.
    pub(crate) fn run<const N: usize>(
        &self,
        bound: &Bound,
        constants: Option<[u32; N]>,
        groups: u32,
    ) -> Result<Duration, ComputeError> {
        let mut builder = self.builder()?;
        let Bound { kernel, buffers } = bound;
        let layout = kernel.pipeline.layout().clone();
        if let Some(timestamps) = &self.timestamps {
            // SAFETY: the pool's two queries are used by this command buffer alone, which is waited for.
            unsafe {
                builder
                    .reset_query_pool(timestamps.clone(), 0..2)
                    .map_err(other)?;
                let begin = PipelineStage::TopOfPipe;
                builder
                    .write_timestamp(timestamps.clone(), 0, begin)
                    .map_err(other)?;
            }
        }
        builder
            .bind_pipeline_compute(kernel.pipeline.clone())
            .map_err(other)?
            .bind_descriptor_sets(PipelineBindPoint::Compute, layout.clone(), 0, buffers.clone())
            .map_err(other)?;
        if let Some(constants) = constants {
            builder.push_constants(layout, 0, constants).map_err(other)?;
        }
        // SAFETY: each workgroup stays within its own part of the buffers, which hold `groups` parts.
        unsafe { builder.dispatch([groups, 1, 1]) }.map_err(other)?;
        if let Some(timestamps) = &self.timestamps {
            // SAFETY: as above.
            unsafe { builder.write_timestamp(timestamps.clone(), 1, PipelineStage::BottomOfPipe) }
                .map_err(other)?;
        }
        let begun = Instant::now();
        self.execute(builder)?;
        let wall = begun.elapsed();
        let Some(timestamps) = &self.timestamps else {
            return Ok(wall);
        };
        let mut ticks = [0_u64; 2];
        timestamps
            .get_results(0..2, &mut ticks, QueryResultFlags::WAIT)
            .map_err(failed)?;
        let physical = self.device.queue.device().physical_device();
        let period = f64::from(physical.properties().timestamp_period);
        Ok(Duration::from_secs_f64(
            ticks[1].saturating_sub(ticks[0]) as f64 * period * 1e-9,
        ))
    }
}
