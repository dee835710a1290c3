/**
 * Networks: architecture, weights file, and the engines that compute outputs, parameter gradients
 * from given output gradients, and optimiser steps. What the inputs and outputs mean is the
 * business of the packages above; here they are float channels without units.
 *
 * <p>ND4J and libtorch enter the product here and nowhere else; a build holds one of the two. May
 * use {@code volume} and {@code numeric}.
 */
@NullMarked
package org.qsmnode.network;

import org.jspecify.annotations.NullMarked;
