/**
 * Data sets: elements, values, character sets and the dictionary of PS3.6.
 *
 * <p>With {@code io}, {@code util} and {@code net} an independent implementation of the part of the
 * dcm4che 5 API that this build uses, written from the DICOM standard; it stands in for the
 * official artifacts, which are not on Maven Central. May use {@code io} and {@code util}.
 */
package org.dcm4che3.data;
