/**
 * Complex images as the files of each vendor's scanners, with the faults and filters that one may
 * ask for.
 *
 * <p>Headers are in the units of DICOM. From outside enter dcm4che data and io. May use {@code
 * digest}, {@code series.header}, {@code simulate.head}, {@code simulate.signal}, {@code volume}.
 */
@NullMarked
package org.qsmnode.simulate.dicom;

import org.jspecify.annotations.NullMarked;
