using System;

namespace TaskLocking.Stress;

/// <summary>Something that was acknowledged is not there.</summary>
#pragma warning disable CA1032 // It always tells what.
internal sealed class PromiseBroken(string message) : Exception(message);
