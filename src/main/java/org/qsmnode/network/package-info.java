/**
 * Networks: architecture, weights file, and the engines that compute outputs, parameter gradients
 * from given output gradients, and optimiser steps. What the inputs and outputs mean is the
 * business of the packages above; here they are float channels without units.
 *
 * <p>A training step costs the same for each voxel in patches of 64 and of 96 voxels a side. The
 * standard architecture has a {@linkplain Architecture#halo halo} of 56 voxels. So train on 64 for
 * most of the steps and end on 96, where the network sees more of what a whole volume holds.
 *
 * <p>ND4J and libtorch enter the product here and nowhere else; a build holds one of the two. May
 * use {@code digest}, {@code numeric}.
 */
@NullMarked
package org.qsmnode.network;

import org.jspecify.annotations.NullMarked;
