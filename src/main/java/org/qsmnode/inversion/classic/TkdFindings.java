package org.qsmnode.inversion.classic;

import org.qsmnode.inversion.InversionFindings;

/**
 * What {@link TkdInversion} did.
 *
 * @param threshold least size of the dipole kernel that is divided by
 * @param biasCorrection factor on the map that a point source keeps its value by
 * @param seconds of the inversion
 */
record TkdFindings(String method, double threshold, double biasCorrection, double seconds)
    implements InversionFindings {}
