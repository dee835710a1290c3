/**
 * Networks: architecture, weights file, and the engines that compute outputs, parameter gradients
 * from given output gradients, and optimiser steps. What the inputs and outputs mean is the
 * business of the packages above; here they are float channels without units.
 *
 * <p>A training step costs the same for each voxel in patches of 64 and of 96 voxels a side; with
 * the {@linkplain Architecture#halo halo} of the standard architecture, 56 voxels, train on 64 for
 * most of the steps and end on 96, which shows the network more of what it sees in a whole volume.
 *
 * <p>ND4J and libtorch enter the product here and nowhere else; a build holds one of the two. May
 * use {@code numeric}.
 */
@NullMarked
package org.qsmnode.network;

import org.jspecify.annotations.NullMarked;
