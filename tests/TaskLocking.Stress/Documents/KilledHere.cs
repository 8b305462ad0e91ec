using System;

namespace TaskLocking.Stress;

/// <summary>The process ended at this place, as far as its store can tell.</summary>
#pragma warning disable CA1032 // Nobody reads it.
internal sealed class KilledHere(string place) : Exception(place);
