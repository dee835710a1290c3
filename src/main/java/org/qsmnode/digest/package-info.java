/**
 * The one digest of the product: SHA-256 of texts, bytes and files.
 *
 * <p>A digest is 64 lower-case hexadecimal digits unless it is said to be bytes. May use nothing of
 * the product.
 */
@NullMarked
package org.qsmnode.digest;

import org.jspecify.annotations.NullMarked;
