/**
 * Recognition of multi-echo gradient-echo acquisitions in DICOM instances. The work lives in three
 * rooms: {@code series.header} reads headers within limits, {@code series.find} finds acquisitions
 * in them, {@code series.pixels} assembles volumes.
 *
 * <p>This package itself holds no class. May use nothing of the product.
 */
@NullMarked
package org.qsmnode.series;

import org.jspecify.annotations.NullMarked;
