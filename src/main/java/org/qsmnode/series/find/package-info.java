/**
 * Finds acquisitions among indexed instances: grouping of frames, component and encoding of each,
 * completeness, and the reasons where nothing can be made of a series.
 *
 * <p>Geometry is LPS in millimetres, echo times are in seconds. No pixel is read here. May use
 * {@code digest}, {@code series.header}, {@code volume}.
 */
@NullMarked
package org.qsmnode.series.find;

import org.jspecify.annotations.NullMarked;
