// What the app asks for, handed to the workers and to the voice.
#include "kiosk/loop.hpp"

#include "kiosk/pcscd_restart.hpp"

namespace kiosk {

void Loop::read_card_again() { card_worker_->read_again(); }
void Loop::enqueue(dmp::SealedRequest request) { spool_client_->enqueue(std::move(request)); }
void Loop::ask(crypto::Uuid const& id) { spool_client_->ask(id); }
void Loop::withdraw(std::uint64_t order, std::string reference) {
    spool_client_->withdraw(order, std::move(reference));
}
void Loop::check_pin(std::string author_id, crypto::SecretText pin) {
    identity_worker_->check(std::move(author_id), std::move(pin));
}
void Loop::ask_pin(std::string author_id) { identity_worker_->ask(std::move(author_id)); }
void Loop::session_started() { spool_client_->session_started(); }
void Loop::session_ended(std::string_view outcome) { spool_client_->session_ended(outcome); }

void Loop::forget_pictures() {
    parts_.display->words->wipe();
    shown_.wipe();
    voice_.forget();
}

void Loop::reset_voice() { voice_.reset(); }

void Loop::chime(speech::Chime chime) {
    if (settings_.sound_signals) voice_.chime(chime);
}

void Loop::say_card_is_in() {
    if (settings_.sound_signals) voice_.say_card_is_in();
}

void Loop::show_lights(journey::Lights lights) {
    if (supervisor_) supervisor_->show(for_board(lights.slot), for_board(lights.status));
}

void Loop::dim(int percent) {
    if (supervisor_) supervisor_->dim(percent);
}

void Loop::cycle_reader_power() {
    if (supervisor_)
        supervisor_->cycle_reader();
    else
        facts_->post(workers::ReaderPowerCycled{false});
}

void Loop::restart_pcscd() { ask_for_new_pcscd(settings_.restart_request); }

}  // namespace kiosk
