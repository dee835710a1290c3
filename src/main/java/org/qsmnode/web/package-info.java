/**
 * DICOMweb (PS3.18): search and retrieval of the node's derived series, and a door for objects to
 * come in.
 *
 * <p>What is found comes from {@link org.qsmnode.store.RetrievableObjects}, what comes in goes to a
 * {@link org.qsmnode.web.StowReceiver}. Answers are DICOM JSON, Part 10 files in multipart bodies,
 * pixels as stored, or pictures. Errors are {@link org.qsmnode.web.HttpRefusal} with an HTTP status
 * and a sentence that holds no value of a patient attribute. Lengths are bytes. From outside enter
 * Camel platform-http and dcm4che data and io. May use {@code store}.
 */
@NullMarked
package org.qsmnode.web;

import org.jspecify.annotations.NullMarked;
