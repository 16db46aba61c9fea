// A courier of the tests' kiosk, and something to carry.
#pragma once

#include "kiosk/spooler/courier.hpp"
#include "tests/catch.hpp"
#include "tests/kiosk/spooler/fakes.hpp"
#include "tests/kiosk/spooler/pki.hpp"

namespace spooler_test {

inline spooler::Intake intake_at(std::string const& url) {
    return {url, pki().authority, pki().client_key, pki().client_certificate};
}

inline spooler::Courier courier_to(spooler::Intake const& intake) {
    auto verifier = spooler::ReceiptVerifier::open(pki().receipt_public, kiosk_name);
    REQUIRE(verifier);
    auto courier = spooler::Courier::open(intake, *verifier);
    REQUIRE(courier);
    return std::move(*courier);
}

inline spooler::Parcel parcel() {
    auto request = sealed_request();
    return {request.id, request.sha256, std::move(request.sealed), false};
}

}  // namespace spooler_test
